import 'server-only'
import { and, asc, eq, inArray, isNull, lt, or, sql } from 'drizzle-orm'
import type { Context } from '@/lib/context'
import { bulkMutes } from '@/lib/db/schema'
import { databaseNow } from '@/lib/db/schema/columns'
import type { BulkRow } from './internal'

const leaseSeconds = 15
const renewEveryMs = 5_000

/** A run that this process previews, and whether it still does. */
export type PreviewLease = {
  bulk: BulkRow
  /** aborts when another process has taken it */
  signal: AbortSignal
  /** the run, as long as this process previews it: for the update that ends the preview */
  isHeld(): ReturnType<typeof and>
  /** Renews it no more; from then on `isHeld` stays as it is. */
  release(): Promise<void>
}

const leaseEnd = sql`${databaseNow} + make_interval(secs => ${leaseSeconds})`
const isFree = or(isNull(bulkMutes.previewLeaseUntil), lt(bulkMutes.previewLeaseUntil, databaseNow))

/**
 * Takes the oldest run that is to be previewed, of the connections that there are, and keeps it by renewing its lease;
 * undefined: there is none. A process that dies gives it up after 15 s.
 */
export async function takePreviewLease({ db, connections }: Context): Promise<PreviewLease | undefined> {
  const isDue = and(
    eq(bulkMutes.status, 'previewing'),
    isFree,
    inArray(
      bulkMutes.connection,
      connections.map(({ key }) => key),
    ),
  )
  const [due] = await db
    .select({ id: bulkMutes.id })
    .from(bulkMutes)
    .where(isDue)
    .orderBy(asc(bulkMutes.createdAt))
    .limit(1)
  if (!due) return undefined
  const [bulk] = await db
    .update(bulkMutes)
    .set({ previewLeaseUntil: leaseEnd })
    .where(and(eq(bulkMutes.id, due.id), isDue))
    .returning()
  if (!bulk) return undefined

  const lost = new AbortController()
  let until = bulk.previewLeaseUntil
  const isHeld = () =>
    and(
      eq(bulkMutes.id, bulk.id),
      eq(bulkMutes.status, 'previewing'),
      until === null ? isNull(bulkMutes.previewLeaseUntil) : eq(bulkMutes.previewLeaseUntil, until),
    )
  const renew = async () => {
    const [renewed] = await db
      .update(bulkMutes)
      .set({ previewLeaseUntil: leaseEnd })
      .where(isHeld())
      .returning({ until: bulkMutes.previewLeaseUntil })
    if (renewed) until = renewed.until
    else lost.abort()
  }
  let renewing = Promise.resolve()
  const timer = setInterval(() => {
    // A database that is away for a moment loses the lease only when that lasts.
    renewing = renew().catch(() => {})
  }, renewEveryMs)
  return {
    bulk,
    signal: lost.signal,
    isHeld,
    async release() {
      clearInterval(timer)
      await renewing
    },
  }
}
