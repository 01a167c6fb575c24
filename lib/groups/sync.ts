import 'server-only'
import { and, eq, gte, inArray, isNotNull, isNull, lt, or, sql } from 'drizzle-orm'
import type { Context } from '@/lib/context'
import type { Db } from '@/lib/db'
import { groupSyncs, groups } from '@/lib/db/schema'
import { databaseNow } from '@/lib/db/schema/columns'
import { ProviderError, providerFailure } from '@/lib/provider/errors'
import { type CallOptions, type GroupInfo, groupTypes } from '@/lib/provider/port'
import { rememberGroups } from './remember'
import type { GroupSyncFailure } from './schemas'

/** For how long a process that lists may be silent before another one goes on in its place, in seconds. */
const leaseSeconds = 60
/** How long a whole list counts as new, in minutes. */
const freshMinutes = 30
/** Groups of which the provider tells more in one go, before the lease is renewed. */
const detailBatch = 500
const bulk: CallOptions = { priority: 'bulk' }

/** `done`: the list is whole; `busy`: it is new enough, or another process is at it; `failed`: it goes on later. */
export type SyncOutcome = 'done' | 'busy' | 'failed'

/** What the provider told of some groups at `askedAt` (epoch ms, this server's clock). */
export type GroupNews = { connection: string; askedAt: number; infos: readonly GroupInfo[] }

/**
 * Lists all groups of a connection into the directory, from where the last run stopped: page by page, one call a
 * second as the providers allow, with a cursor in the database, so that a restart goes on. Groups that a whole list
 * does not have any more are marked as dissolved. Any number of instances may call it: the row's lease decides.
 * `onNews` takes what the provider tells of groups besides: who is muted is the ledger's to note.
 */
export async function syncGroups(
  context: Context,
  connection: string,
  onNews: (news: GroupNews) => Promise<void>,
): Promise<SyncOutcome> {
  const { db } = context
  const provider = context.provider(connection)
  const [onlyType = null, ...otherTypes] = groupTypes.filter((type) => provider.capabilities.groups[type])
  const soleType = otherTypes.length === 0 ? onlyType : null
  let run = await takeLease(db, connection)
  if (!run) return 'busy'
  try {
    for (;;) {
      const page = await provider.listGroups(run.cursor, bulk)
      const named = page.items.filter(({ name }) => name !== null)
      await rememberGroups(
        db,
        named.map((group) => ({ connection, ...group, type: soleType })),
      )
      // Where the list has ids alone, the rest is asked for: unless an earlier try of this run came to know it.
      const ids = page.items.filter(({ name }) => name === null).map(({ groupId }) => groupId)
      const unseen = await notSeenYet(db, run, ids)
      for (let start = 0; start < unseen.length; start += detailBatch) {
        const batch = unseen.slice(start, start + detailBatch)
        const askedAt = context.clock.now()
        const infos = await provider.getGroups(batch, bulk)
        await onNews({ connection, askedAt, infos: [...infos.values()] })
        await rememberGroups(
          db,
          [...infos.values()].map(({ groupId, name, type, ownerId, memberCount }) => ({
            connection,
            groupId,
            name,
            type,
            ownerId,
            memberCount,
          })),
        )
        run = await renewLease(db, run, { listed: run.listed + batch.length, total: page.total })
        if (!run) return 'busy'
      }
      if (page.next === null) return await finish(db, run)
      const listed: number = run.listed + named.length
      run = await renewLease(db, run, { cursor: page.next, listed, total: page.total })
      if (!run) return 'busy'
    }
  } catch (error) {
    if (error instanceof ProviderError) return run ? await stop(db, run, providerFailure(error)) : 'busy'
    // Something is broken here: that it does not go on is shown all the same.
    if (run) await stop(db, run, { kind: 'interrupted' }).catch(() => {})
    throw error
  }
}

type Run = typeof groupSyncs.$inferSelect

/** Begins a run, or goes on with one that stopped. */
async function takeLease(db: Db, connection: string): Promise<Run | undefined> {
  const isOver = isNotNull(groupSyncs.finishedAt)
  const anew = (value: ReturnType<typeof sql>, kept: ReturnType<typeof sql>) =>
    sql`case when ${isOver} then ${value} else ${kept} end`
  const [run] = await db
    .insert(groupSyncs)
    .values({ connection, leaseUntil: lease })
    .onConflictDoUpdate({
      target: groupSyncs.connection,
      set: {
        leaseUntil: lease,
        startedAt: anew(databaseNow, sql`${groupSyncs.startedAt}`),
        cursor: anew(sql`null`, sql`${groupSyncs.cursor}`),
        listed: anew(sql`0`, sql`${groupSyncs.listed}`),
        finishedAt: null,
      },
      setWhere: and(
        lt(groupSyncs.leaseUntil, databaseNow),
        or(
          isNull(groupSyncs.finishedAt),
          lt(groupSyncs.finishedAt, sql`${databaseNow} - make_interval(mins => ${freshMinutes})`),
        ),
      ),
    })
    .returning()
  return run
}

const lease = sql`${databaseNow} + make_interval(secs => ${leaseSeconds})`

/** Nothing when another process took over meanwhile. */
async function renewLease(db: Db, run: Run, progress: Partial<Run>): Promise<Run | undefined> {
  const [renewed] = await db
    .update(groupSyncs)
    .set({ ...progress, leaseUntil: lease, failure: null })
    .where(isStillOurs(run))
    .returning()
  return renewed
}

/** Which of these groups this run has not come to know yet. */
async function notSeenYet(db: Db, { connection, startedAt }: Run, ids: readonly string[]): Promise<string[]> {
  if (ids.length === 0) return []
  const seen = await db
    .select({ groupId: groups.groupId })
    .from(groups)
    .where(
      and(
        eq(groups.connection, connection),
        inArray(groups.groupId, [...ids]),
        gte(groups.seenAt, startedAt),
      ),
    )
  const isSeen = new Set(seen.map(({ groupId }) => groupId))
  return ids.filter((id) => !isSeen.has(id))
}

/** Notes why it stops. A place in the list that the provider refuses would be refused for ever: then it begins anew. */
async function stop(db: Db, run: Run, failure: GroupSyncFailure): Promise<SyncOutcome> {
  const [stopped] = await db
    .update(groupSyncs)
    .set({ failure, leaseUntil: databaseNow, ...(failure.kind === 'refused' && { cursor: null }) })
    .where(isStillOurs(run))
    .returning({ connection: groupSyncs.connection })
  return stopped ? 'failed' : 'busy'
}

async function finish(db: Db, run: Run): Promise<SyncOutcome> {
  const { connection, startedAt } = run
  const here = eq(groups.connection, connection)
  const whole = db.$count(groups, and(here, gte(groups.seenAt, startedAt)))
  const [finished] = await db
    .update(groupSyncs)
    .set({
      finishedAt: databaseNow,
      listed: sql`${whole}`,
      total: sql`${whole}`,
      cursor: null,
      failure: null,
      leaseUntil: databaseNow,
    })
    .where(isStillOurs(run))
    .returning({ connection: groupSyncs.connection })
  if (!finished) return 'busy'
  // Should the process end here, the next whole list marks them.
  await db
    .update(groups)
    .set({ dissolvedAt: databaseNow })
    .where(and(here, lt(groups.seenAt, startedAt), isNull(groups.dissolvedAt)))
  return 'done'
}

function isStillOurs({ connection, leaseUntil }: Run) {
  return and(eq(groupSyncs.connection, connection), eq(groupSyncs.leaseUntil, leaseUntil))
}
