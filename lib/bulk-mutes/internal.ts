import 'server-only'
import { and, count, eq, inArray, isNull, type SQL, sql } from 'drizzle-orm'
import * as z from 'zod'
import type { Actor } from '@/lib/auth/actor'
import type { Context } from '@/lib/context'
import type { Db, Tx } from '@/lib/db'
import { bulkMuteItems, bulkMutes, moderators, muteCommands } from '@/lib/db/schema'
import { AppError } from '@/lib/errors'
import { muteScopes } from '@/lib/mutes/rules'
import { type ItemState, itemStates, type Transition, transitions } from './rules'

export type BulkRow = typeof bulkMutes.$inferSelect
export type ItemRow = typeof bulkMuteItems.$inferSelect

/** What has become of an item, over `bulk_mute_items` left joined with its command: the ledger decides. */
export const itemState = sql<ItemState>`case
  when ${bulkMuteItems.skipped} is not null then 'skipped'
  when ${muteCommands.status} is null then 'pending'
  when ${muteCommands.status} = 'requested' then 'sending'
  else ${muteCommands.status} end`

/** Waits to be claimed. */
export const isPending = and(isNull(bulkMuteItems.skipped), isNull(bulkMuteItems.commandId))

const endsSchema = z.partialRecord(z.enum(muteScopes), z.union([z.number(), z.literal('forever'), z.null()]))
const versionsSchema = z.partialRecord(z.enum(muteScopes), z.number())

/** Scope → end, as items keep it. */
export type Ends = z.infer<typeof endsSchema>

/** An item's stored ends and versions, parsed; empty before the preview. */
export function parsePlan({ before, after, basis }: Pick<ItemRow, 'before' | 'after' | 'basis'>) {
  return {
    before: endsSchema.parse(before ?? {}),
    after: endsSchema.parse(after ?? {}),
    basis: versionsSchema.parse(basis ?? {}),
  }
}

/** What an item is called within its run: the group, where the run is about one account's groups, else the account. */
export function itemName({ userId, groupId }: Pick<ItemRow, 'userId' | 'groupId'>): string {
  return groupId || userId
}

/** How many items of a run something was about, as the audit has it. */
export function counted({ userId }: Pick<BulkRow, 'userId'>, items: number) {
  return userId === '' ? { accounts: items } : { accounts: 1, groups: items }
}

/** Whether a run mutes in groups rather than whole accounts. */
export function isInGroups({ groupId, userId }: Pick<BulkRow, 'groupId' | 'userId'>): boolean {
  return groupId !== '' || userId !== ''
}

/** A run. Throws `NOT_FOUND`. */
export async function getBulk(db: Db | Tx, bulkId: string): Promise<BulkRow> {
  const [bulk] = await db.select().from(bulkMutes).where(eq(bulkMutes.id, bulkId))
  if (!bulk) throw new AppError('NOT_FOUND')
  return bulk
}

/** How many items of a run are in each state. */
export async function countStates(db: Db | Tx, bulkId: string): Promise<Record<ItemState, number>> {
  const rows = await db
    .select({ state: itemState, items: count() })
    .from(bulkMuteItems)
    .leftJoin(muteCommands, eq(muteCommands.id, bulkMuteItems.commandId))
    .where(eq(bulkMuteItems.bulkId, bulkId))
    .groupBy(itemState)
  const counts = new Map(rows.map(({ state, items }) => [state, items]))
  return Object.fromEntries(itemStates.map((state) => [state, counts.get(state) ?? 0])) as Record<
    ItemState,
    number
  >
}

type Change = { [Column in keyof BulkRow]?: SQL | BulkRow[Column] }

/**
 * Moves a run from one status to the next, if it still stands where that is possible: two moderators race in the
 * database. `token`: only while this preview is the one. Throws `NOT_FOUND`, and `BULK_MUTE_CHANGED` for whoever comes
 * second.
 */
export async function move(
  tx: Tx,
  bulkId: string,
  transition: Transition,
  change: Change = {},
  token?: string,
): Promise<BulkRow> {
  const only = token === undefined ? undefined : eq(bulkMutes.token, token)
  const moved = await tryMove(tx, bulkId, transition, change, only)
  if (moved) return moved
  await getBulk(tx, bulkId)
  throw new AppError('BULK_MUTE_CHANGED')
}

/**
 * The same for what happens to a run by itself, and `only` where that holds too; null: it does not stand there any
 * more.
 */
export async function tryMove(
  tx: Tx,
  bulkId: string,
  transition: Transition,
  change: Change = {},
  only?: SQL,
): Promise<BulkRow | null> {
  const { from, to } = transitions[transition]
  const [moved] = await tx
    .update(bulkMutes)
    .set({ ...change, status: to })
    .where(and(eq(bulkMutes.id, bulkId), inArray(bulkMutes.status, [...from]), only))
    .returning()
  return moved ?? null
}

/** The names of these moderators, by id. */
export async function namesOf(db: Db | Tx, ids: readonly (string | null)[]): Promise<Map<string, string>> {
  const asked = [...new Set(ids)].filter((id) => id !== null)
  if (asked.length === 0) return new Map()
  const rows = await db
    .select({ id: moderators.id, name: moderators.name })
    .from(moderators)
    .where(inArray(moderators.id, asked))
  return new Map(rows.map(({ id, name }) => [id, name]))
}

/** Who did it, as the audit has it. */
export function by({ id, name }: Pick<Actor, 'id' | 'name'>) {
  return { actorId: id, actorName: name }
}

/** How many mute calls a second the pacing allows at a run's place, and how many accounts go into one. */
export function paceOf(
  context: Pick<Context, 'provider'>,
  bulk: Pick<BulkRow, 'connection' | 'groupId' | 'userId'>,
): { callsPerSecond: number; accountsPerCall: number } {
  const { accountMutes, memberMutes } = context.provider(bulk.connection).pace
  const callsPerSecond = (isInGroups(bulk) ? memberMutes : accountMutes)?.callsPerSecond ?? 0
  return { callsPerSecond, accountsPerCall: bulk.groupId === '' ? 1 : memberMutes.idsPerCall }
}
