import 'server-only'
import { createHash } from 'node:crypto'
import { and, eq, sql } from 'drizzle-orm'
import { canonicalJson } from '@/lib/audit/canonical'
import { recordAll } from '@/lib/audit/record'
import type { Db, Tx } from '@/lib/db'
import { recordsOf, rowsOf } from '@/lib/db/rows'
import { evidenceMessages, reports } from '@/lib/db/schema'
import { databaseNow } from '@/lib/db/schema/columns'
import { storableText } from '@/lib/db/storable-text'
import type { ChatMessage } from '@/lib/provider/port'
import type { DueReport, EvidenceClaim } from './evidence-claim'
import type { Evidence } from './find-evidence'
import { isNamed } from './read-history'
import type { EvidenceReason, EvidenceStatus } from './rules'

/** What was found for the reports of a case. */
export type Found = { claim: EvidenceClaim; evidence: Evidence }

/**
 * Writes down what was found for several cases, and what that says of each report, in one transaction; an event of the
 * audit for each case. Reports whose lease somebody else has by now are theirs: nothing of a case is written of which
 * none is left. Returns whether each was.
 */
export async function keepEvidence(db: Db, all: readonly Found[]): Promise<boolean[]> {
  const judged = all.map((found) => ({ ...found, results: resultsOf(found) }))
  return db.transaction(async (tx) => {
    const written = await writeResults(
      tx,
      judged.flatMap(({ results }) => results),
    )
    const isOurs = ({ results }: (typeof judged)[number]) => results.some(({ id }) => written.has(id))
    const ours = judged.filter(isOurs)
    if (ours.length === 0) return all.map(() => false)
    await insertMessages(tx, ours)
    await recordAll(
      tx,
      ours.map(({ claim, evidence, results }) => ({
        type: 'case.evidence_taken' as const,
        actorId: null,
        actorName: 'system',
        connection: claim.case.connection,
        userId: claim.case.accusedId,
        data: {
          case: claim.case.id,
          number: claim.case.number,
          kept: messagesOf(evidence).length,
          reports: results.length,
          complete: results.filter((result) => result.evidence === 'taken').length,
        },
      })),
    )
    return judged.map(isOurs)
  })
}

type Result = {
  id: string
  evidence: EvidenceStatus
  evidenceWhy: EvidenceReason | null
  evidenceLeaseUntil: number
}

function resultsOf({ claim, evidence }: Found): Result[] {
  return claim.reports.map((report) => {
    const { status, why } = resultOf(report, evidence)
    return { id: report.id, evidence: status, evidenceWhy: why, evidenceLeaseUntil: claim.leaseUntil }
  })
}

/** Returns the reports whose lease was still ours. */
async function writeResults(tx: Tx, results: readonly Result[]): Promise<Set<string>> {
  const { id, evidence, evidenceWhy, evidenceLeaseUntil } = reports
  const columns = { id, evidence, evidenceWhy, evidenceLeaseUntil }
  const of = (column: (typeof columns)[keyof typeof columns]) => sql`result.${sql.identifier(column.name)}`
  const rows = await tx
    .update(reports)
    .set({ evidence: of(evidence), evidenceWhy: of(evidenceWhy) })
    .from(recordsOf('result', columns, results))
    .where(and(eq(id, of(id)), eq(evidence, 'pending'), eq(evidenceLeaseUntil, of(evidenceLeaseUntil))))
    .returning({ id })
  return new Set(rows.map((row) => row.id))
}

/** A message once kept stays as it was; a later report may only add that it names it, or that it is gone. */
async function insertMessages(tx: Tx, all: readonly Found[]): Promise<void> {
  for (const [isGone, same] of Map.groupBy(messageRowsOf(all), (row) => row.isGone)) {
    const values = same.map(({ isGone: _, ...row }) => row)
    await tx
      .insert(evidenceMessages)
      .select(rowsOf(evidenceMessages, values, { goneAt: isGone ? databaseNow : sql`null` }))
      .onConflictDoUpdate({
        target: [evidenceMessages.caseId, evidenceMessages.messageId],
        set: {
          isReported: sql`${evidenceMessages.isReported} or excluded.is_reported`,
          goneAt: sql`coalesce(${evidenceMessages.goneAt}, excluded.gone_at)`,
        },
      })
  }
}

type MessageRow = Omit<typeof evidenceMessages.$inferInsert, 'goneAt' | 'takenAt'> & { isGone: boolean }

/** One row for each message: of a case that is there twice, named by either is named. */
function messageRowsOf(all: readonly Found[]): MessageRow[] {
  const rows = new Map<string, MessageRow>()
  for (const { claim, evidence } of all) {
    const ids = claim.reports.flatMap(({ messageIds }) => messageIds)
    for (const wired of messagesOf(evidence)) {
      const row = messageRowOf(claim.case.id, storableMessage(wired), ids)
      const key = `${row.caseId} ${row.messageId}`
      const isReported = row.isReported || rows.get(key)?.isReported === true
      rows.set(key, { ...row, isReported })
    }
  }
  return [...rows.values()]
}

function messageRowOf(caseId: string, message: ChatMessage, named: readonly string[]): MessageRow {
  return {
    caseId,
    messageId: message.messageId,
    seq: message.seq,
    sentAt: message.sentAt,
    message,
    hash: hashOfMessage(message),
    isReported: named.some((id) => isNamed(message, id)),
    isGone: message.state !== 'present',
  }
}

function storableMessage(wired: ChatMessage): ChatMessage {
  const storable = (text: string | null) => (text === null ? null : storableText(text))
  const files = wired.files?.map((file) => ({ ...file, name: storable(file.name) }))
  return { ...wired, text: storable(wired.text), ...(files && { files }) }
}

/** Of a kept message: equal as long as nobody changed the row. */
export function hashOfMessage(message: unknown): string {
  return createHash('sha256').update(canonicalJson(message)).digest('hex')
}

const messagesOf = (evidence: Evidence) => (evidence.why === undefined ? evidence.messages : [])

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
