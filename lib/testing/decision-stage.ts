import { randomUUID } from 'node:crypto'
import { eq } from 'drizzle-orm'
import type { Actor } from '@/lib/auth/actor'
import type { Db } from '@/lib/db'
import { cases, reports } from '@/lib/db/schema'
import { inSeconds } from '@/lib/mutes/internal'
import type { DecideCaseInput } from '@/lib/reports/decision-schemas'
import { addActor } from './moderators'
import { startMuteWorld } from './mute-world'

type CaseSeed = Partial<typeof cases.$inferInsert> & { accusedId: string }

/** Adds a case as intake would leave it, with one report of each of these reporters: id → language. */
export async function addCase(db: Db, seed: CaseSeed, reporters: Record<string, string> = { rita: 'en' }) {
  const id = randomUUID()
  const all = Object.entries(reporters)
  const [row] = await db
    .insert(cases)
    .values({
      id,
      connection: 'sg',
      category: 'spam',
      dueAt: Date.now() + 3_600_000,
      reportCount: all.length,
      reporterCount: all.length,
      ...seed,
    })
    .returning()
  if (!row) throw new Error('the case was not written')
  for (const [reporterId, language] of all)
    await db.insert(reports).values({
      id: randomUUID(),
      caseId: id,
      source: 'api',
      connection: row.connection,
      reporterId,
      accusedId: seed.accusedId,
      category: row.category,
      language,
      messageIds: [],
      idempotencyKey: randomUUID(),
      inputHash: '',
    })
  return row
}

/** Has a moderator hold a case; gives the token. */
export async function claimFor(db: Db, caseId: string, actor: Actor, seconds = 600): Promise<string> {
  const claimToken = randomUUID()
  await db
    .update(cases)
    .set({ status: 'claimed', claimToken, claimedBy: actor.id, claimUntil: inSeconds(seconds) })
    .where(eq(cases.id, caseId))
  return claimToken
}

/** A world in which `rita`, `ren` and `wei` report and somebody is accused, with a moderator and a lead. */
export async function startDecisionStage(db: Db) {
  const world = await startMuteWorld(db)
  const { control } = world.emulator
  await control.seed({ accounts: ['rita', 'ren', 'wei'].map((id) => ({ id })) })
  const accusedId = await world.addAccount()
  return {
    db,
    world,
    control,
    accusedId,
    actor: await addActor(db),
    lead: await addActor(db, 'lead'),
    case: await addCase(db, { accusedId }),
  }
}

/** A decision as the ladder suggests for a first offence by spam, of a case that nobody has touched: a warning. */
export function decisionOf(caseId: string, change: Partial<DecideCaseInput> = {}): DecideCaseInput {
  return {
    idempotencyKey: randomUUID(),
    caseId,
    version: 1,
    verdict: 'valid',
    actions: [{ kind: 'warn' }],
    notify: { accused: 'en', reporters: true },
    closeWith: [],
    reasonText: 'Three links in a minute',
    lookAgainAt: null,
    ...change,
  }
}

/** A mute of an hour everywhere, which the ladder does not suggest first. */
export const muteAnHour = {
  actions: [
    {
      kind: 'mute',
      scopes: ['one_to_one', 'all_groups'],
      basis: {},
      end: { kind: 'duration', seconds: 3_600 },
    },
  ],
  overrideReason: 'The third time today',
} satisfies Partial<DecideCaseInput>
