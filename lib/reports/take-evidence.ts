import 'server-only'
import { createHash } from 'node:crypto'
import { and, eq, inArray, sql } from 'drizzle-orm'
import { canonicalJson } from '@/lib/audit/canonical'
import { record } from '@/lib/audit/record'
import type { Context } from '@/lib/context'
import type { Db, Tx } from '@/lib/db'
import { evidenceMessages, reports } from '@/lib/db/schema'
import { databaseNow } from '@/lib/db/schema/columns'
import { storableText } from '@/lib/db/storable-text'
import { wakeWhenDue } from '@/lib/jobs/boss'
import { errorFields, log } from '@/lib/log'
import { ProviderError } from '@/lib/provider/errors'
import type { ChatMessage } from '@/lib/provider/port'
import { claimEvidence, type DueReport, type EvidenceClaim, leaseSeconds } from './evidence-claim'
import { type Evidence, findEvidence } from './find-evidence'
import { isNamed } from './read-history'
import type { EvidenceReason, EvidenceStatus } from './rules'

/** Conversations of a connection that are read at once. */
const lanes = 4
/** After so many tries without an answer it is said that there is no evidence. */
export const maxAttempts = 8
const firstPauseSeconds = 4

/**
 * Takes the evidence of all reports that wait for theirs: one reading of a conversation serves all the reports of its
 * case. A provider that does not answer is asked again after pauses that grow, a bounded number of times. Several
 * instances may be at it: a reading is leased, and what a late one finds is not written. `stop`: nothing new is begun.
 */
export async function takeDueEvidence(context: Context, stop: AbortSignal): Promise<void> {
  const work = async (connection: string) => {
    while (!stop.aborted) {
      const claim = await claimEvidence(context.db, connection)
      if (!claim) return
      await takeEvidence(context, claim, stop)
    }
  }
  const lanesOf = (connection: string) => Array.from({ length: lanes }, () => work(connection))
  await Promise.all(context.connections.flatMap(({ key }) => lanesOf(key)))
}

async function takeEvidence(context: Context, claim: EvidenceClaim, stop: AbortSignal): Promise<void> {
  const named = [...new Set(claim.reports.flatMap(({ messageIds }) => messageIds))]
  // Ends before the lease does.
  const signal = AbortSignal.any([AbortSignal.timeout((leaseSeconds - 10) * 1_000), stop])
  try {
    const evidence = await findEvidence(context, claim.case, named, { priority: 'bulk', signal })
    await context.db.transaction((tx) => keep(tx, claim, evidence))
  } catch (error) {
    if (!(error instanceof ProviderError))
      log.error({ case: claim.case.id, ...errorFields(error) }, 'taking evidence')
    await restOrGiveUp(context.db, claim)
  }
}

async function keep(tx: Tx, claim: EvidenceClaim, evidence: Evidence): Promise<void> {
  const found = evidence.why === undefined ? evidence.messages : []
  const results = claim.reports.map((report) => ({ report, ...resultOf(report, evidence) }))
  const isResult = ({ status, why }: { status: EvidenceStatus; why: EvidenceReason | null }) =>
    `${status} ${why}`
  let written = 0
  for (const same of Map.groupBy(results, isResult).values()) {
    const [{ status, why } = { status: 'unavailable' as const, why: null }] = same
    const rows = await tx
      .update(reports)
      .set({ evidence: status, evidenceWhy: why })
      .where(
        isHeld(
          claim,
          same.map(({ report }) => report),
        ),
      )
      .returning({ id: reports.id })
    written += rows.length
  }
  // Somebody else has these reports: what was found here is theirs to write.
  if (written === 0) return
  if (found.length > 0) await insertMessages(tx, claim, found)
  await record(tx, {
    type: 'case.evidence_taken',
    actorId: null,
    actorName: 'system',
    connection: claim.case.connection,
    userId: claim.case.accusedId,
    data: {
      case: claim.case.id,
      number: claim.case.number,
      kept: found.length,
      reports: results.length,
      complete: results.filter(({ status }) => status === 'taken').length,
    },
  })
}

/** A message once kept stays as it was; a later report may only add that it names it, or that it is gone. */
async function insertMessages(tx: Tx, { case: of, reports: due }: EvidenceClaim, found: ChatMessage[]) {
  const ids = due.flatMap(({ messageIds }) => messageIds)
  const rows = found.map((wired) => {
    const storable = (text: string | null) => (text === null ? null : storableText(text))
    const files = wired.files?.map((file) => ({ ...file, name: storable(file.name) }))
    const message = { ...wired, text: storable(wired.text), ...(files && { files }) }
    return {
      caseId: of.id,
      messageId: message.messageId,
      seq: message.seq,
      sentAt: message.sentAt,
      message,
      hash: hashOfMessage(message),
      isReported: ids.some((id) => isNamed(message, id)),
      goneAt: message.state === 'present' ? null : databaseNow,
    }
  })
  await tx
    .insert(evidenceMessages)
    .values(rows)
    .onConflictDoUpdate({
      target: [evidenceMessages.caseId, evidenceMessages.messageId],
      set: {
        isReported: sql`${evidenceMessages.isReported} or excluded.is_reported`,
        goneAt: sql`coalesce(${evidenceMessages.goneAt}, excluded.gone_at)`,
      },
    })
}

/** Of a kept message: equal as long as nobody changed the row. */
export function hashOfMessage(message: unknown): string {
  return createHash('sha256').update(canonicalJson(message)).digest('hex')
}

function resultOf(
  { messageIds }: DueReport,
  evidence: Evidence,
): { status: EvidenceStatus; why: EvidenceReason | null } {
  if (evidence.why !== undefined) return { status: 'unavailable', why: evidence.why }
  const { messages } = evidence
  if (messageIds.length === 0)
    return { status: messages.length > 0 ? 'partial' : 'unavailable', why: 'no_message_named' }
  // A place whose message is gone is kept, but it is not the message.
  const present = messages.filter(({ state }) => state === 'present')
  const isThere = (id: string) => present.some((message) => isNamed(message, id))
  if (messageIds.every(isThere)) return { status: 'taken', why: null }
  const isAny = messageIds.some((id) => messages.some((message) => isNamed(message, id)))
  return { status: isAny ? 'partial' : 'unavailable', why: 'not_found' }
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
