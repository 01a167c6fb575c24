import 'server-only'
import { and, desc, eq, type SQL, sql } from 'drizzle-orm'
import type { Actor } from '@/lib/auth/actor'
import { requirePermission } from '@/lib/auth/require-permission'
import type { Context } from '@/lib/context'
import type { Db, Tx } from '@/lib/db'
import { withOnePlan } from '@/lib/db/one-plan'
import { prepared } from '@/lib/db/prepared'
import { moderators, muteCommands, muteStates } from '@/lib/db/schema'
import { AppError } from '@/lib/errors'
import { groupNamesOf } from '@/lib/groups/recall'
import { toDto } from './dto'
import { changesOf } from './internal'
import { isSamePlace, placeOf } from './place'
import type { HistoryInput, MuteHistoryDto } from './schemas'

const pageSize = 20

/**
 * The commands on one account, in groups too, or those on a member of a group or on everybody in it; newest first.
 * `before` is the id of the last one seen. Throws `FORBIDDEN` and `UNKNOWN_CONNECTION`.
 */
export async function muteHistory(
  context: Context,
  actor: Actor,
  input: HistoryInput,
): Promise<MuteHistoryDto> {
  requirePermission(actor, 'accounts:read')
  const { connection, groupId, before } = input
  const place = placeOf(input)
  if (!context.connections.some(({ key }) => key === connection)) throw new AppError('UNKNOWN_CONNECTION')
  const older = before
    ? sql`(${muteCommands.requestedAt}, ${muteCommands.id}) < (select requested_at, id from mute_commands where id = ${before})`
    : undefined
  const inGroup =
    groupId === undefined
      ? undefined
      : and(eq(muteCommands.groupId, place.groupId), eq(muteCommands.topicId, place.topicId))
  const rows =
    older || inGroup
      ? await newestCommands(
          context.db,
          and(eq(muteCommands.connection, connection), eq(muteCommands.userId, place.userId), inGroup, older),
        )
      : await newestOfAccount(context.db).execute({ connection, userId: place.userId })
  const shown = rows.slice(0, pageSize)
  if (shown.length === 0) return { commands: [], groupNames: {}, hasMore: false }
  const [changes, states, groupNames] = await Promise.all([
    changesOf(
      context.db,
      shown.map((row) => row.command.id),
    ),
    context.db
      .select()
      .from(muteStates)
      .where(
        and(
          eq(muteStates.connection, connection),
          eq(muteStates.userId, place.userId),
          ...(groupId === undefined ? [] : [eq(muteStates.groupId, groupId)]),
        ),
      ),
    groupNamesOf(
      context.db,
      connection,
      shown.map((row) => row.command.groupId),
    ),
  ])
  return {
    commands: shown.map((row) =>
      toDto(
        actor,
        { ...row, changes: changes.get(row.command.id) ?? [] },
        new Map(
          states.filter((state) => isSamePlace(state, row.command)).map((state) => [state.scope, state]),
        ),
      ),
    ),
    groupNames: Object.fromEntries(groupNames),
    hasMore: rows.length > pageSize,
  }
}

function newestCommands(db: Db | Tx, wanted: SQL | undefined) {
  return db
    .select({ command: muteCommands, actorName: moderators.name })
    .from(muteCommands)
    .innerJoin(moderators, eq(moderators.id, muteCommands.actorId))
    .where(wanted)
    .orderBy(desc(muteCommands.requestedAt), desc(muteCommands.id))
    .limit(pageSize + 1)
}

/** What every account page asks. `mute_commands_account` holds just these rows, in this order. */
const newestOfAccount = prepared((db) =>
  newestCommands(
    db,
    withOnePlan(
      and(
        eq(muteCommands.connection, sql.placeholder('connection')),
        eq(muteCommands.userId, sql.placeholder('userId')),
      ),
    ),
  ).prepare('newest_of_account'),
)
