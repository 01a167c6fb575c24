import { createHash, randomUUID } from 'node:crypto'
import { eq } from 'drizzle-orm'
import { canonicalJson } from '../../lib/audit/canonical'
import type { Db } from '../../lib/db'
import { cases, evidenceMessages, moderators, reports } from '../../lib/db/schema'
import { priorityOf } from '../../lib/reports/priority'
import { defaultReportPolicies } from '../../lib/settings/report-defaults'
import { policyOf } from '../../lib/settings/report-rules'
import { type DemoCase, demoCases } from './report-cases'

const hourMs = 3_600_000

/** Puts the demo's cases into the queue as their verbs would have left them; nothing of them waits for the provider. */
export async function seedReports(db: Db): Promise<void> {
  const [moderator] = await db.select().from(moderators).where(eq(moderators.email, 'support@hushdesk.test'))
  if (!moderator) throw new Error('the demo has nobody for support')
  const now = Date.now()
  for (const one of [...demoCases].sort((a, b) => b.hoursAgo - a.hoursAgo))
    await put(db, one, moderator.id, now)
}

async function put(db: Db, one: DemoCase, moderatorId: string, now: number): Promise<void> {
  const { accusedId, category, connection = 'sg', groupId = '', peerId = '' } = one
  const status = one.status ?? 'new'
  const reporters = Object.entries(one.reports)
  const openedAt = now - one.hoursAgo * hourMs
  const lastReportedAt = openedAt + (reporters.length - 1) * 60_000
  const id = randomUUID()
  const { severity, isUrgent, slaSeconds } = policyOf(defaultReportPolicies, category)
  const { priority, why } = priorityOf(
    { severity, isUrgent, reportsLastHour: reporters.length, reporter: null, repeats: 0 },
    null,
  )
  await db.insert(cases).values({
    ...{ id, connection, accusedId, groupId, peerId, category, priority, priorityWhy: why },
    ...{ status, reportCount: reporters.length, reporterCount: reporters.length, openedAt, lastReportedAt },
    dueAt: openedAt + slaSeconds * 1_000,
    ...(status === 'claimed' && {
      ...{ claimToken: randomUUID(), claimedBy: moderatorId, claimUntil: now + hourMs },
    }),
    ...(status === 'waiting' && { heldUntil: now + 2 * hourMs }),
    ...(one.verdict && {
      ...{ verdict: one.verdict, closedAt: openedAt + hourMs, closedBy: moderatorId },
    }),
  })
  await db.insert(reports).values(
    reporters.map(([reporterId, text], position) => ({
      ...{
        id: randomUUID(),
        caseId: id,
        source: 'api' as const,
        connection,
        reporterId,
        accusedId,
        category,
      },
      ...{ text, messageIds: one.said ? ['2'] : [], receivedAt: openedAt + position * 60_000 },
      ...{ idempotencyKey: randomUUID(), inputHash: '', verdict: one.verdict ?? null },
      evidence: one.said ? ('taken' as const) : ('unavailable' as const),
      evidenceWhy: one.said ? null : ('no_message_named' as const),
    })),
  )
  if (one.said) await putMessages(db, id, one, openedAt - 10 * 60_000)
}

/** A word of somebody else before, what the accused said, and the first reporter's answer. */
async function putMessages(db: Db, caseId: string, one: DemoCase, from: number): Promise<void> {
  const [reporter = ''] = Object.keys(one.reports)
  const talk = [
    [reporter, '👋'],
    ...(one.said ?? []).map((text) => [one.accusedId, text] as const),
    [reporter, '…'],
  ] as const
  await db.insert(evidenceMessages).values(
    talk.map(([senderId, text], position) => {
      const seq = String(position + 1)
      const sentAt = from + position * 20_000
      const message = { messageId: seq, seq, senderId, sentAt, kind: 'text', text, state: 'present' }
      const hash = createHash('sha256').update(canonicalJson(message)).digest('hex')
      return { caseId, messageId: seq, seq, sentAt, message, hash, isReported: senderId === one.accusedId }
    }),
  )
}
