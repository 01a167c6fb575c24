import 'server-only'
import { inArray } from 'drizzle-orm'
import * as z from 'zod'
import type { ConnectionInfo, Context } from '@/lib/context'
import { groupSyncs } from '@/lib/db/schema'
import { providerErrorKinds } from '@/lib/provider/errors'
import type { GroupSyncDto } from './schemas'

const failureSchema = z
  .object({ kind: z.enum([...providerErrorKinds, 'interrupted']), providerCode: z.number().exactOptional() })
  .nullable()

/** How far the list of groups has come in each of these connections. */
export async function listSyncs(
  { db }: Context,
  connections: readonly ConnectionInfo[],
): Promise<GroupSyncDto[]> {
  const rows = await db
    .select()
    .from(groupSyncs)
    .where(
      inArray(
        groupSyncs.connection,
        connections.map(({ key }) => key),
      ),
    )
  return connections.map((connection) => {
    const run = rows.find((row) => row.connection === connection.key)
    if (!run)
      return { connection, status: 'waiting', listed: 0, total: null, finishedAt: null, failure: null }
    const { listed, total, finishedAt } = run
    const status = finishedAt === null ? 'running' : 'done'
    return { connection, status, listed, total, finishedAt, failure: failureSchema.parse(run.failure) }
  })
}
