import { randomUUID } from 'node:crypto'
import type { Db } from '../../lib/db'
import { cases, evidenceMessages, reports } from '../../lib/db/schema'
import { hostileText, workCases } from './case-work'

/** Puts the cases of the browser tests of casework into the queue, each with a report and a kept conversation. */
export async function seedWork(db: Db): Promise<void> {
  const now = Date.now()
  for (const [index, accusedId] of Object.values(workCases).flat().entries()) {
    const caseId = randomUUID()
    const reporterId = `${accusedId}_by`
    const openedAt = now - (index + 1) * 600_000
    await db.insert(cases).values({
      ...{ id: caseId, connection: 'sg', accusedId, peerId: reporterId, category: 'impersonation' },
      ...{ priority: 160, reportCount: 1, reporterCount: 1, openedAt, lastReportedAt: openedAt },
      priorityWhy: [
        { kind: 'severity', value: 3 },
        { kind: 'volume', value: 1 },
      ],
      dueAt: openedAt + (index % 2 === 0 ? 300_000 : 86_400_000),
    })
    await db.insert(reports).values({
      ...{ id: randomUUID(), caseId, source: 'api', connection: 'sg', reporterId, accusedId },
      ...{ category: 'impersonation', text: hostileText, messageIds: ['2'], receivedAt: openedAt },
      ...{ idempotencyKey: randomUUID(), inputHash: '', evidence: 'taken' },
    })
    await db.insert(evidenceMessages).values(
      [
        { senderId: reporterId, kind: 'text', text: 'Who are you?' },
        { senderId: accusedId, kind: 'text', text: hostileText },
        { senderId: accusedId, kind: 'image', text: null },
      ].map((message, position) => ({
        ...{ caseId, messageId: String(position + 1), seq: String(position + 1), hash: '' },
        sentAt: openedAt - 60_000 + position,
        message: { ...message, messageId: String(position + 1), state: 'present' },
        isReported: position === 1,
        goneAt: position === 1 ? openedAt : null,
      })),
    )
  }
}
