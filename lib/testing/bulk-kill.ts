import { inArray } from 'drizzle-orm'
import { expect } from 'vitest'
import { verifyAudit } from '@/lib/audit/verify'
import { startBulkMute } from '@/lib/bulk-mutes/start'
import type { Db } from '@/lib/db'
import { auditEvents } from '@/lib/db/schema'
import type { startBulkStage } from './bulk-stage'

type Stage = Awaited<ReturnType<typeof startBulkStage>>

/** A run as whoever made it knows it: its accounts, sorted, and the end that each shall have. */
export type KilledRun = { id: string; until: number; ids: string[] }

/** Makes a run over so many new accounts, previews it and starts it; nothing works on it yet. */
export async function startRun(stage: Stage, count: number): Promise<KilledRun> {
  const ids = await stage.addAccounts(count)
  const { id } = await stage.create(ids)
  await stage.work()
  const { token, until } = await stage.look(id)
  await startBulkMute(stage.context, stage.actor, { bulkId: id, token: String(token) })
  return { id, until: Number(until), ids }
}

/** A call whose end lies no later than this after the one asked for is never sent again, in ms; the rest is rounding. */
const inTimeMs = 1_000

/**
 * Every account has its outcome, at the provider and on record, once, with the right end. The one reason for a second
 * effect is that the first came late, by which the provider moved its end: it is set right, once.
 */
export async function expectNothingLost(
  db: Db,
  { control }: Pick<Stage, 'control'>,
  { until, ids }: Pick<KilledRun, 'until' | 'ids'>,
): Promise<void> {
  const journal = (await control.journal()).filter(({ source }) => source === 'api')
  const effects = Map.groupBy(journal, ({ account }) => String(account))
  expect([...effects.keys()].sort()).toEqual(ids)
  for (const id of ids) {
    const held = await control.mutes(id)
    expect(Math.abs(Number(held.oneToOne) - until)).toBeLessThan(2_000)
    const ends = effects.get(id)?.map(({ changes }) => Number(changes.oneToOne?.after)) ?? []
    const tooEarlyAgain = ends.slice(0, -1).filter((end) => end - until <= inTimeMs)
    expect({ id, ends: ends.length <= 2, tooEarlyAgain }).toEqual({ id, ends: true, tooEarlyAgain: [] })
  }
  const terminal = await db
    .select({ userId: auditEvents.userId, type: auditEvents.type })
    .from(auditEvents)
    .where(inArray(auditEvents.type, ['mute.applied', 'mute.rejected', 'bulk_mute.finished']))
  const ofAccounts = terminal.filter(({ type }) => type !== 'bulk_mute.finished')
  expect(ofAccounts.map(({ userId, type }) => [userId, type]).sort()).toEqual(
    ids.map((id) => [id, 'mute.applied']),
  )
  expect(terminal.length - ofAccounts.length).toBe(1)
  expect(await verifyAudit(db)).toMatchObject({ ok: true })
  const { overLimit } = await control.stats()
  expect(overLimit).toBe(0)
}
