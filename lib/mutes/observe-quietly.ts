import 'server-only'
import { and, eq, inArray } from 'drizzle-orm'
import type { Db } from '@/lib/db'
import { muteStates } from '@/lib/db/schema'
import { type Observed, observeAll } from './observe'
import type { MutePlace } from './place'
import type { MuteScope } from './schemas'

type Told = { connection: string; askedAt: number; keepsNoEnd: boolean; observed: readonly Observed[] }

/**
 * Writes down what the provider said about many places of a connection, in one statement. Where nothing holds and the
 * ledger has never heard of it no trace is left, so that looking around does not fill the ledger.
 */
export async function observeQuietly(
  db: Db,
  { connection, askedAt, keepsNoEnd, observed }: Told,
): Promise<void> {
  const free = observed.filter(({ until }) => until === null).map(({ place }) => place)
  const distinct = (part: 'userId' | 'groupId' | 'topicId') => [...new Set(free.map((place) => place[part]))]
  const rows =
    free.length === 0
      ? []
      : await db
          .select()
          .from(muteStates)
          .where(
            and(
              eq(muteStates.connection, connection),
              inArray(muteStates.userId, distinct('userId')),
              inArray(muteStates.groupId, distinct('groupId')),
              inArray(muteStates.topicId, distinct('topicId')),
            ),
          )
  const known = new Set(rows.map((row) => keyOf(row, row.scope)))
  const noted = observed.filter(({ place, scope, until }) => until !== null || known.has(keyOf(place, scope)))
  await observeAll(db, noted, askedAt, keepsNoEnd)
}

/** Ids may hold anything printable, so a line break parts them. */
function keyOf({ userId, groupId, topicId }: MutePlace, scope: MuteScope): string {
  return [userId, groupId, topicId, scope].join('\n')
}
