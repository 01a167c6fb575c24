import { auditOutcomes } from '../../lib/audit/events'
import { listAudit } from '../../lib/audit/list'
import { auditTypes } from '../../lib/audit/outcomes'
import type { ListAuditInput } from '../../lib/audit/schemas'
import type { Actor } from '../../lib/auth/actor'
import { actorOf, auditRows, betweenMs, firstAt, loadAudit } from './audit-load'
import { openBenchServer } from './database'
import { type Findings, timeRows } from './report'

const rounds = 3
const bar = 50
const reader: Actor = {
  id: actorOf(0),
  email: 'lead@hushdesk.test',
  name: 'Lead',
  role: 'admin',
  sessionId: actorOf(1),
}

/** The list of the audit among two million events on PostgreSQL: every filter, pairs and more of them, any page. */
export async function measureAudit(): Promise<Findings> {
  const database = await openBenchServer()
  try {
    const loadedAt = performance.now()
    await loadAudit(database)
    console.error(`bench: loaded the audit in ${((performance.now() - loadedAt) / 1_000).toFixed(0)} s`)
    const questions = filters().flatMap((filter) => pagesOf(filter))
    const taken: { question: ListAuditInput; ms: number }[] = []
    for (let round = 0; round < rounds; round += 1) {
      for (const question of questions) {
        const startedAt = performance.now()
        await listAudit(database.db, reader, question)
        taken.push({ question, ms: performance.now() - startedAt })
      }
    }
    const worst = taken.toSorted((a, b) => b.ms - a.ms).slice(0, 6)
    return {
      rows: timeRows(
        'a page among 2 000 000 events, PostgreSQL',
        taken.map(({ ms }) => ms),
        bar,
      ),
      notes: [
        `${questions.length} questions, ${rounds} times`,
        `slowest: ${worst.map(({ question, ms }) => `${JSON.stringify(question)} ${ms.toFixed(0)} ms`).join(', ')}`,
      ],
    }
  } finally {
    await database.close()
  }
}

/** The first page, one from the middle, the last one, and one beyond it. */
function pagesOf(filter: ListAuditInput): ListAuditInput[] {
  return [filter, ...[auditRows / 2, 60, 1].map((before) => ({ ...filter, before }))]
}

function filters(): ListAuditInput[] {
  const [busy, quiet, nobody] = [actorOf(0), actorOf(58), actorOf(9_999)]
  const [hot, cold, unknown] = ['user_0', 'user_150000', 'user_of_nobody']
  const at = (share: number) => firstAt + Math.floor(auditRows * share) * betweenMs
  const [long, short] = [
    { from: at(0.1), to: at(0.9) },
    { from: at(0.5), to: at(0.50002) },
  ]
  return [
    {},
    ...auditTypes.map((type) => ({ type })),
    ...auditOutcomes.map((outcome) => ({ outcome })),
    ...[busy, quiet, nobody].map((actorId) => ({ actorId })),
    ...['sg', 'beta', 'gone'].map((connection) => ({ connection })),
    ...[hot, cold, unknown].map((userId) => ({ userId })),
    ...[long, short, { from: at(0.99) }, { to: at(0.01) }, { from: at(2) }, { to: firstAt - 1 }],
    ...[busy, quiet].flatMap((actorId) => [
      { actorId, type: 'mute.unknown' as const },
      { actorId, type: 'settings.changed' as const },
      { actorId, connection: 'sg' },
      { actorId, connection: 'beta' },
      { actorId, userId: hot },
      { actorId, outcome: 'failed' as const, connection: 'beta' },
      { actorId, ...long },
      { actorId, ...short },
    ]),
    { connection: 'sg', userId: hot },
    { connection: 'beta', userId: cold },
    { connection: 'beta', type: 'mute.rejected' },
    { connection: 'sg', outcome: 'denied' },
    { userId: hot, type: 'mute.rejected' },
    { userId: hot, outcome: 'failed' },
    { userId: hot, ...long },
    { type: 'mute.requested', ...long },
    { type: 'settings.changed', ...short },
    { outcome: 'failed', ...short },
    { connection: 'sg', userId: hot, actorId: busy, type: 'mute.applied', outcome: 'ok', ...long },
    { connection: 'sg', userId: cold, actorId: quiet, type: 'mute.unknown', outcome: 'unknown', ...short },
  ]
}
