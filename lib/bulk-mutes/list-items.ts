import 'server-only'
import { and, asc, eq, getTableColumns, gt, inArray } from 'drizzle-orm'
import { recallAccounts } from '@/lib/accounts/recall'
import type { Actor } from '@/lib/auth/actor'
import { requirePermission } from '@/lib/auth/require-permission'
import { hasPermission } from '@/lib/auth/roles'
import type { Context } from '@/lib/context'
import { bulkMuteItems, muteCommands, muteStates } from '@/lib/db/schema'
import { groupNamesOf } from '@/lib/groups/recall'
import { parseFailure } from '@/lib/mutes/failure'
import { muteScopes } from '@/lib/mutes/rules'
import { driftOfState } from '@/lib/mutes/state-drift'
import { getBulk, itemState, parsePlan } from './internal'
import { casesOfAccounts } from './run-cases'
import { type BulkItemDto, type BulkItemsDto, bulkItemsAtOnce, type ListBulkItemsInput } from './schemas'

/** A run's accounts in their order, page by page, narrowed to a state or a forecast. Throws `FORBIDDEN` and `NOT_FOUND`. */
export async function listBulkItems(
  context: Context,
  actor: Actor,
  { bulkId, state, forecast, after, limit = bulkItemsAtOnce }: ListBulkItemsInput,
): Promise<BulkItemsDto> {
  requirePermission(actor, 'accounts:read')
  const { connection } = await getBulk(context.db, bulkId)
  const found = await context.db
    .select({
      ...getTableColumns(bulkMuteItems),
      state: itemState,
      failure: muteCommands.failure,
      verifiedAt: muteCommands.verifiedAt,
    })
    .from(bulkMuteItems)
    .leftJoin(muteCommands, eq(muteCommands.id, bulkMuteItems.commandId))
    .where(
      and(
        eq(bulkMuteItems.bulkId, bulkId),
        state && eq(itemState, state),
        forecast && eq(bulkMuteItems.forecast, forecast),
        after === undefined ? undefined : gt(bulkMuteItems.position, after),
      ),
    )
    .orderBy(asc(bulkMuteItems.position))
    .limit(limit + 1)
  const page = found.slice(0, limit)
  const maySeeCases = hasPermission(actor.role, 'reports:read')
  const now = context.clock.now()
  const [known, cases, groupNames, differing] = await Promise.all([
    recallAccounts(context.db, [connection], [...new Set(page.map(({ userId }) => userId))]),
    maySeeCases
      ? casesOfAccounts(
          context.db,
          bulkId,
          page.map(({ userId }) => userId),
        )
      : null,
    groupNamesOf(
      context.db,
      connection,
      page.map(({ groupId }) => groupId),
    ),
    differingCommands(context, page, now),
  ])
  const nicknames = new Map(known.map(({ userId, nickname }) => [userId, nickname]))
  return {
    items: page.map((item): BulkItemDto => {
      const { before, after: ends } = parsePlan(item)
      return {
        position: item.position,
        userId: item.userId,
        nickname: nicknames.get(item.userId) ?? null,
        groupId: item.groupId || null,
        groupName: groupNames.get(item.groupId) ?? null,
        forecast: item.forecast,
        role: item.role,
        changes: muteScopes
          .filter((scope) => scope in before || scope in ends)
          .map((scope) => ({
            scope,
            before: before[scope] ?? null,
            after: (scope in ends ? ends[scope] : before[scope]) ?? null,
          })),
        state: item.state,
        skipped: item.skipped,
        failure: parseFailure(item.failure),
        commandId: item.commandId,
        verifiedAt: item.verifiedAt,
        differs: item.commandId !== null && differing.has(item.commandId),
        cases: cases?.get(item.userId) ?? [],
      }
    }),
    next: found.length > limit ? (page.at(-1)?.position ?? null) : null,
    serverNow: now,
  }
}

/** Of the commands that were applied and never shown by the provider: those of which it has shown something else. */
async function differingCommands(
  { db }: Context,
  items: readonly { state: string; commandId: string | null; verifiedAt: number | null }[],
  now: number,
): Promise<Set<string | null>> {
  const unseen = items.flatMap(({ state, commandId, verifiedAt }) =>
    state === 'applied' && commandId !== null && verifiedAt === null ? [commandId] : [],
  )
  if (unseen.length === 0) return new Set()
  const states = await db.select().from(muteStates).where(inArray(muteStates.commandId, unseen))
  return new Set(states.filter((state) => driftOfState(state, now)).map(({ commandId }) => commandId))
}
