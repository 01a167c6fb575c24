import 'server-only'
import { and, eq, inArray, sql } from 'drizzle-orm'
import type { Context } from '@/lib/context'
import type { Db } from '@/lib/db'
import { reports } from '@/lib/db/schema'
import { databaseNow } from '@/lib/db/schema/columns'
import { wakeWhenDue } from '@/lib/jobs/boss'
import { errorFields, log } from '@/lib/log'
import { ProviderError } from '@/lib/provider/errors'
import { together } from '@/lib/together'
import { claimEvidence, type DueReport, type EvidenceClaim, leaseSeconds } from './evidence-claim'
import { findEvidence } from './find-evidence'
import { type Found, keepEvidence } from './keep-evidence'

/** Conversations of a connection that are read at once. */
const lanes = 16
/** So long what was found waits for what is found next, in ms: each writing has its turn at the audit's end. */
const lingerMs = 100
/** After so many tries without an answer it is said that there is no evidence. */
export const maxAttempts = 8
const firstPauseSeconds = 4

/**
 * Takes the evidence of all reports that wait for theirs: one reading of a conversation serves all the reports of its
 * case. A provider that does not answer is asked again after pauses that grow, a bounded number of times. Several
 * instances may be at it: a reading is leased, and what a late one finds is not written. `stop`: nothing new is begun.
 */
export async function takeDueEvidence(context: Context, stop: AbortSignal): Promise<void> {
  const { db } = context
  const keep = together({ atMost: lanes, lingerMs }, (found: readonly Found[]) => keepEvidence(db, found))
  const work = async (connection: string) => {
    const claim = together({ atMost: lanes }, async (asking: readonly null[]) => {
      const claims = await claimEvidence(db, connection, asking.length)
      return asking.map((_, index) => claims[index] ?? null)
    })
    const readInTurn = async () => {
      for (;;) {
        const claimed = stop.aborted ? null : await claim(null)
        if (!claimed) return
        await takeEvidence(context, claimed, keep, stop)
      }
    }
    await Promise.all(Array.from({ length: lanes }, readInTurn))
  }
  await Promise.all(context.connections.map(({ key }) => work(key)))
}

async function takeEvidence(
  context: Context,
  claim: EvidenceClaim,
  keep: (found: Found) => Promise<unknown>,
  stop: AbortSignal,
): Promise<void> {
  const named = [...new Set(claim.reports.flatMap(({ messageIds }) => messageIds))]
  // Ends before the lease does.
  const signal = AbortSignal.any([AbortSignal.timeout((leaseSeconds - 10) * 1_000), stop])
  try {
    const evidence = await findEvidence(context, claim.case, named, { priority: 'bulk', signal })
    await keep({ claim, evidence })
  } catch (error) {
    if (!(error instanceof ProviderError))
      log.error({ case: claim.case.id, ...errorFields(error) }, 'taking evidence')
    await restOrGiveUp(context.db, claim)
  }
}

function isHeld({ leaseUntil }: EvidenceClaim, held: readonly DueReport[]) {
  return and(
    inArray(
      reports.id,
      held.map(({ id }) => id),
    ),
    eq(reports.evidence, 'pending'),
    eq(reports.evidenceLeaseUntil, leaseUntil),
  )
}

/** The reports wait longer each time; those that have waited often enough have none. */
async function restOrGiveUp(db: Db, claim: EvidenceClaim): Promise<void> {
  const [spent, others] = [
    claim.reports.filter(({ evidenceAttempts }) => evidenceAttempts >= maxAttempts),
    claim.reports.filter(({ evidenceAttempts }) => evidenceAttempts < maxAttempts),
  ]
  if (spent.length > 0)
    await db
      .update(reports)
      .set({ evidence: 'unavailable', evidenceWhy: 'provider_failed' })
      .where(isHeld(claim, spent))
  if (others.length === 0) return
  const attempts = Math.min(...others.map(({ evidenceAttempts }) => evidenceAttempts))
  const pauseSeconds = firstPauseSeconds * 2 ** (attempts - 1)
  await db
    .update(reports)
    .set({ evidenceLeaseUntil: sql`${databaseNow} + make_interval(secs => ${pauseSeconds})` })
    .where(isHeld(claim, others))
  await wakeWhenDue('take-evidence', pauseSeconds)
}
