import 'server-only'
import { and, eq } from 'drizzle-orm'
import { record } from '@/lib/audit/record'
import type { Actor } from '@/lib/auth/actor'
import type { Db, Tx } from '@/lib/db'
import { cases, decisions } from '@/lib/db/schema'
import { AppError } from '@/lib/errors'
import { inSeconds } from '@/lib/mutes/internal'
import type { CaseWrite } from './case-schemas'
import { aboutCase, type CaseRow, caseChanged, hasOpenAppeal } from './change-case'

import type { DecideCaseInput, DecisionAction } from './decision-schemas'
import type { Advice } from './ladder'
import { takeForDecision } from './take-for-decision'

/** How long a decision is left to the process that wrote it, in seconds: longer than all its calls may take. */
export const decisionLeaseSeconds = 120

type Wish = {
  input: DecideCaseInput
  inputHash: string
  actions: DecisionAction[]
  advice: Advice
  overrideReason: string | null
}

/**
 * The first transaction of a decision: takes the case, and those that are closed with it, writes the decision down as
 * `sending`, and records it. Nothing was sent before. Throws what `takeForDecision` throws, `CASE_CHANGED` for another
 * case of somebody else or under an appeal, and `INVALID_INPUT` (field `verdict`) where an appeal against this one waits
 * for its answer. `isNew` false: the key was used before, and this is that decision.
 */
export async function requestDecision(
  db: Db,
  by: Pick<Actor, 'id' | 'name'>,
  { input, inputHash, actions, advice, overrideReason }: Wish,
): Promise<{ id: string; isNew: boolean }> {
  return db.transaction(async (tx) => {
    const id = crypto.randomUUID()
    const [inserted] = await tx
      .insert(decisions)
      .values({
        id,
        caseId: input.caseId,
        actorId: by.id,
        verdict: input.verdict,
        actions,
        suggestion: advice,
        overrideReason,
        reasonText: input.reasonText,
        commandIds: [],
        plan: {
          closeWith: input.closeWith.map(({ caseId }) => caseId),
          notify: input.notify,
          lookAgainAt: input.lookAgainAt,
          ...(input.muteReporterDays && { muteReporterDays: input.muteReporterDays }),
        },
        idempotencyKey: input.idempotencyKey,
        inputHash,
        leaseUntil: inSeconds(decisionLeaseSeconds),
      })
      .onConflictDoNothing({ target: [decisions.actorId, decisions.idempotencyKey] })
      .returning({ id: decisions.id })
    if (!inserted) return { id: await earlierDecision(tx, by, input.idempotencyKey, inputHash), isNew: false }

    const taken = await takeAll(tx, by, input)
    const { data, ...about } = aboutCase(taken)
    await record(tx, {
      type: 'decision.made',
      actorId: by.id,
      actorName: by.name,
      ...about,
      data: {
        ...data,
        decision: id,
        verdict: input.verdict,
        actions: actions.length === 0 ? ['nothing'] : actions.map(({ kind }) => kind),
        ...(overrideReason !== null && { override: overrideReason }),
        ...(input.closeWith.length > 0 && { others: input.closeWith.length }),
      },
    })
    return { id, isNew: true }
  })
}

/**
 * The case and those that are closed with it, in one order, so that two decisions never wait for each other in a
 * circle.
 */
async function takeAll(tx: Tx, by: Pick<Actor, 'id'>, input: DecideCaseInput): Promise<CaseRow> {
  const seen: CaseWrite[] = [input, ...input.closeWith]
  const rows: CaseRow[] = []
  for (const each of seen.sort((a, b) => (a.caseId < b.caseId ? -1 : 1)))
    rows.push(await takeForDecision(tx, by, each))
  const own = rows.find(({ id }) => id === input.caseId)
  if (!own) throw new AppError('NOT_FOUND')
  const stranger = rows.find((row) => row.connection !== own.connection || row.accusedId !== own.accusedId)
  if (stranger) throw await caseChanged(tx, stranger.id)
  for (const { id } of rows) {
    if (!(await isAppealed(tx, id))) continue
    if (id === own.id) throw new AppError('INVALID_INPUT', { fields: { verdict: 'invalid' } })
    throw await caseChanged(tx, id)
  }
  return own
}

async function isAppealed(tx: Tx, caseId: string): Promise<boolean> {
  return (await tx.$count(cases, and(eq(cases.id, caseId), hasOpenAppeal))) > 0
}

/** The decision that this key made before. Throws `IDEMPOTENCY_MISMATCH`. */
async function earlierDecision(
  tx: Tx,
  by: Pick<Actor, 'id'>,
  key: string,
  inputHash: string,
): Promise<string> {
  const earlier = await findEarlierDecision(tx, by, key, inputHash)
  if (!earlier) throw new AppError('IDEMPOTENCY_MISMATCH')
  return earlier
}

/** The same, null where there is none. Throws `IDEMPOTENCY_MISMATCH` where it was for something else. */
export async function findEarlierDecision(
  db: Db | Tx,
  by: Pick<Actor, 'id'>,
  key: string,
  inputHash: string,
): Promise<string | null> {
  const [earlier] = await db
    .select({ id: decisions.id, inputHash: decisions.inputHash })
    .from(decisions)
    .where(and(eq(decisions.actorId, by.id), eq(decisions.idempotencyKey, key)))
  if (earlier && earlier.inputHash !== inputHash) throw new AppError('IDEMPOTENCY_MISMATCH')
  return earlier?.id ?? null
}
