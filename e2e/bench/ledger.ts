import type { Actor } from '../../lib/auth/actor'
import type { Context } from '../../lib/context'
import { AppError } from '../../lib/errors'
import {
  endWindows,
  type LedgerFilters,
  type ListInForceInput,
  listInForceSchema,
} from '../../lib/mutes/ledger-schemas'
import { listMutesInForce } from '../../lib/mutes/list-in-force'
import { drifts, muteScopes, reasonCategories } from '../../lib/mutes/rules'
import { actorOf } from './audit-load'
import { type BenchDatabase, openBenchEmbedded, openBenchServer } from './database'
import { benchAuthors, loadLedger } from './ledger-load'
import { type Findings, timeRows } from './report'

const rounds = 3
const bar = 50
const now = Date.UTC(2026, 10, 21)
const reader: Actor = {
  id: actorOf(0),
  email: 'viewer@hushdesk.test',
  name: 'Viewer',
  role: 'viewer',
  sessionId: actorOf(1),
}

/** The mutes in force among 100 000 of them on both databases: every filter, some pairs, any page. */
export async function measureLedger(): Promise<Findings> {
  const embedded = await measureOn('PGlite', await openBenchEmbedded())
  const server = await measureOn('PostgreSQL', await openBenchServer())
  return { rows: [...embedded.rows, ...server.rows], notes: [...embedded.notes, ...server.notes] }
}

async function measureOn(name: string, database: BenchDatabase): Promise<Findings> {
  try {
    const loadedAt = performance.now()
    await loadLedger(database, now)
    console.error(`bench: loaded ${name} in ${((performance.now() - loadedAt) / 1_000).toFixed(0)} s`)
    const context: Context = {
      db: database.db,
      clock: { now: () => now },
      connections: [],
      provider() {
        throw new AppError('UNKNOWN_CONNECTION')
      },
    }
    const taken: { filter: LedgerFilters; ms: number }[] = []
    for (let round = 0; round < rounds; round += 1) {
      for (const filter of filters()) {
        for (const page of pagesOf(filter)) {
          const startedAt = performance.now()
          await listMutesInForce(context, reader, page)
          taken.push({ filter, ms: performance.now() - startedAt })
        }
      }
    }
    const worst = taken.toSorted((a, b) => b.ms - a.ms).slice(0, 6)
    return {
      rows: timeRows(
        `a page among 100 000 mutes in force, ${name}`,
        taken.map(({ ms }) => ms),
        bar,
      ),
      notes: [
        `${name}: ${taken.length / rounds} questions, ${rounds} times; slowest: ${worst
          .map(({ filter, ms }) => `${JSON.stringify(filter)} ${ms.toFixed(0)} ms`)
          .join(', ')}`,
      ],
    }
  } finally {
    await database.close()
  }
}

/** The first page, one from the middle forth and back, and the last ones. */
function pagesOf(filter: LedgerFilters): ListInForceInput[] {
  const middle = `${now + 15 * 86_400_000}\nsg\nuser_1\n\n\none_to_one`
  const last = 'forever\nsg\nuser_999\n\n\none_to_one'
  return [
    filter,
    ...[{ after: middle }, { before: middle }, { after: last }, { before: last }].map((page) =>
      listInForceSchema.parse({ ...filter, ...page }),
    ),
  ]
}

function filters(): LedgerFilters[] {
  const [busy, quiet, nobody] = benchAuthors
  const windows = Object.keys(endWindows) as (keyof typeof endWindows)[]
  return [
    {},
    ...['sg', 'beta', 'gone'].map((connection) => ({ connection })),
    ...muteScopes.map((scope) => ({ scope })),
    ...['group_0', 'group_1999', 'gone'].map((groupId) => ({ groupId })),
    ...[busy, quiet, nobody].map((actorId) => ({ actorId })),
    ...reasonCategories.map((category) => ({ category })),
    ...windows.map((ends) => ({ ends })),
    ...(['only', ...drifts] as const).map((drift) => ({ drift })),
    { connection: 'beta', drift: 'only' },
    { connection: 'sg', groupId: 'group_0', scope: 'topic' },
    { actorId: busy, category: 'other' },
    { actorId: quiet, ends: 'never' },
    { actorId: quiet, connection: 'beta' },
    { category: 'spam', scope: 'all_groups', ends: '24h' },
  ]
}
