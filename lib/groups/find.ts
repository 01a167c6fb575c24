import 'server-only'
import { and, desc, eq, isNull, type SQL, sql } from 'drizzle-orm'
import type { ConnectionFailure } from '@/lib/accounts/schemas'
import type { Actor } from '@/lib/auth/actor'
import { requirePermission } from '@/lib/auth/require-permission'
import type { ConnectionInfo, Context } from '@/lib/context'
import type { Db } from '@/lib/db'
import { namesMatching } from '@/lib/db/names-matching'
import { groups } from '@/lib/db/schema'
import { AppError } from '@/lib/errors'
import { providerFailure } from '@/lib/provider/errors'
import type { GroupType } from '@/lib/provider/port'
import { listSyncs } from './list-syncs'
import { rememberGroups, seenGroup } from './remember'
import { groupIdError } from './rules'
import type { FindGroupsDto, FindGroupsInput, GroupDto } from './schemas'

/** How many groups are shown at once. */
const shown = 50

/**
 * Groups by id or name part: the directory's, best first, and the exact id asked at the providers, which knows it
 * before any list does. Without a text the largest of the directory. Throws `FORBIDDEN` and `UNKNOWN_CONNECTION`.
 */
export async function findGroups(
  context: Context,
  actor: Actor,
  input: FindGroupsInput,
): Promise<FindGroupsDto> {
  requirePermission(actor, 'accounts:read')
  const connections = context.connections.filter(({ key }) => !input.connection || key === input.connection)
  if (connections.length === 0) throw new AppError('UNKNOWN_CONNECTION')
  const text = (input.q ?? '').trim()
  const failures = groupIdError(text) === null ? await lookUp(context, connections, text) : []
  const keys = connections.map(({ key }) => key)
  const [rows, syncs] = await Promise.all([
    text === '' ? largest(context.db, keys) : matching(context.db, text, keys),
    listSyncs(context, connections),
  ])
  const connectionOf = new Map(connections.map((connection) => [connection.key, connection]))
  return {
    groups: rows.slice(0, shown).flatMap(({ connection: key, ...row }): GroupDto[] => {
      const connection = connectionOf.get(key)
      return connection ? [{ connection, ...row }] : []
    }),
    hasMore: rows.length > shown,
    failures,
    syncs,
  }
}

/** Asks the providers for one id, and feeds the directory with what they say. */
async function lookUp(
  context: Context,
  connections: readonly ConnectionInfo[],
  groupId: string,
): Promise<ConnectionFailure[]> {
  const answers = await Promise.all(
    connections.map(async ({ key }): Promise<ConnectionFailure[]> => {
      const provider = context.provider(key)
      if (groupId.length > provider.capabilities.maxGroupIdBytes) return []
      try {
        const options = { priority: 'interactive', signal: AbortSignal.timeout(10_000) } as const
        const found = [...(await provider.getGroups([groupId], options)).values()]
        await rememberGroups(
          context.db,
          found.map((info) => seenGroup(key, info)),
        )
        return []
      } catch (error) {
        return [{ connection: key, ...providerFailure(error) }]
      }
    }),
  )
  return answers.flat()
}

type Row = Omit<GroupDto, 'connection'> & { connection: string }

const columns = {
  connection: sql<string>`connection`,
  groupId: sql<string>`group_id`,
  type: sql<GroupType | null>`type`,
  name: sql<string | null>`name`,
  memberCount: sql<number | null>`member_count`,
  dissolvedAt: sql<number | null>`dissolved_at`.mapWith(groups.dissolvedAt),
}

function matching(db: Db, text: string, connections: readonly string[]): Promise<Row[]> {
  const { from, orderBy } = namesMatching({ table: sql`groups`, id: sql`group_id` }, text, connections)
  return rowsOf(db, from, orderBy)
}

/** Each connection's largest by the index `groups_largest`, which is read no further than they go. */
function largest(db: Db, connections: readonly string[]): Promise<Row[]> {
  const largestOf = (connection: string) =>
    sql`(select * from ${groups} where ${and(
      eq(groups.connection, connection),
      isNull(groups.dissolvedAt),
    )} order by ${sql.join(bySize, sql`, `)} limit ${shown + 1})`
  const known = sql`(${sql.join(connections.map(largestOf), sql` union all `)}) as known`
  return rowsOf(db, known, bySize)
}

const bySize = [desc(sql`coalesce(member_count, 0)`), sql`left(search_key, 32)`, sql`group_id`]

async function rowsOf(db: Db, from: SQL, orderBy: SQL[]): Promise<Row[]> {
  return await db
    .select(columns)
    .from(from)
    .orderBy(...orderBy)
    .limit(shown + 1)
}
