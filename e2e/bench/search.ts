import { findInDirectory } from '../../lib/accounts/find-in-directory'
import { type BenchDatabase, openBenchEmbedded, openBenchServer } from './database'
import { type Findings, percentile, timeRows } from './report'
import { connections, loadDirectory } from './search-load'
import { makeQueries, type Query } from './search-queries'

const shown = 50
const rounds = 2

/** The directory's search among 100 000 accounts on the embedded database and 1 000 000 on PostgreSQL. */
export async function measureSearch(): Promise<Findings> {
  const embedded = await measureOn('100 000 accounts, PGlite', await openBenchEmbedded(), 100_000, 100)
  const server = await measureOn('1 000 000 accounts, PostgreSQL', await openBenchServer(), 1_000_000, 50)
  return { rows: [...embedded.rows, ...server.rows], notes: [...embedded.notes, ...server.notes] }
}

async function measureOn(
  name: string,
  database: BenchDatabase,
  total: number,
  bar: number,
): Promise<Findings> {
  try {
    const loadedAt = performance.now()
    const queries = makeQueries(await loadDirectory(database, total))
    console.error(`bench: loaded ${name} in ${((performance.now() - loadedAt) / 1_000).toFixed(0)} s`)
    const taken: (Query & { ms: number; rows: number })[] = []
    for (let round = 0; round < rounds; round += 1) {
      for (const query of queries) {
        const startedAt = performance.now()
        // Every fourth search is narrowed to the connection that has a tenth of the accounts.
        const searched = taken.length % 4 === 3 ? connections.slice(1) : connections
        const { rows } = await findInDirectory(database.db, query.text, searched, shown)
        taken.push({ ...query, ms: performance.now() - startedAt, rows: rows.length })
      }
    }
    const worst = taken.toSorted((a, b) => b.ms - a.ms).slice(0, 8)
    return {
      rows: timeRows(name, times(taken), bar),
      notes: [
        `${name}: ${queries.length} queries, ${rounds} times; p95 by kind: ${byKind(taken)}`,
        `${name}: slowest: ${worst.map(({ text, ms }) => `${JSON.stringify(text.slice(0, 24))} ${ms.toFixed(0)} ms`).join(', ')}`,
      ],
    }
  } finally {
    await database.close()
  }
}

function byKind(taken: readonly (Query & { ms: number })[]): string {
  return [...Map.groupBy(taken, ({ kind }) => kind)]
    .map(([kind, own]) => `${kind} ${percentile(times(own), 0.95).toFixed(0)} ms`)
    .join(', ')
}

function times(taken: readonly { ms: number }[]): number[] {
  return taken.map(({ ms }) => ms)
}
