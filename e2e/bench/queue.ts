import type { Actor } from '../../lib/auth/actor'
import type { Context } from '../../lib/context'
import { AppError } from '../../lib/errors'
import { type ListCasesInput, listCasesSchema } from '../../lib/reports/case-schemas'
import { countTabs } from '../../lib/reports/count-tabs'
import { listCases } from '../../lib/reports/list'
import { queueTabs } from '../../lib/reports/queue-rules'
import { reportCategories } from '../../lib/reports/rules'
import { actorOf } from './audit-load'
import { type BenchDatabase, openBenchEmbedded, openBenchServer } from './database'
import { benchActor, caseRows, loadQueue } from './queue-load'
import { type Findings, timeRows } from './report'

const rounds = 3
const bar = 50
const now = Date.UTC(2026, 10, 21)
const worker: Actor = {
  id: benchActor,
  email: '7@hushdesk.test',
  name: 'Moderator 7',
  role: 'moderator',
  sessionId: actorOf(1),
}

/** The queue among 200 000 cases on both databases: every tab, every filter, any page, and the counts. */
export async function measureQueue(): Promise<Findings> {
  const embedded = await measureOn('PGlite', await openBenchEmbedded())
  const server = await measureOn('PostgreSQL', await openBenchServer())
  return { rows: [...embedded.rows, ...server.rows], notes: [...embedded.notes, ...server.notes] }
}

async function measureOn(name: string, database: BenchDatabase): Promise<Findings> {
  try {
    await loadQueue(database, now)
    const context: Context = {
      db: database.db,
      clock: { now: () => now },
      connections: ['sg', 'beta'].map((key) => ({ key, name: key, provider: 'tencent' })),
      provider() {
        throw new AppError('UNKNOWN_CONNECTION')
      },
    }
    const taken: { what: string; ms: number }[] = []
    const time = async (what: string, ask: () => Promise<unknown>) => {
      const startedAt = performance.now()
      await ask()
      taken.push({ what, ms: performance.now() - startedAt })
    }
    for (let round = 0; round < rounds; round += 1) {
      for (const page of pages()) await time(JSON.stringify(page), () => listCases(context, worker, page))
      await time('counts', () => countTabs(context, worker))
    }
    const worst = taken.toSorted((a, b) => b.ms - a.ms).slice(0, 6)
    return {
      rows: timeRows(
        `a page of the queue among ${caseRows / 1_000} 000 cases, ${name}`,
        taken.map(({ ms }) => ms),
        bar,
      ),
      notes: [
        `${name}: ${taken.length / rounds} questions, ${rounds} times; slowest: ${worst
          .map(({ what, ms }) => `${what} ${ms.toFixed(0)} ms`)
          .join(', ')}`,
      ],
    }
  } finally {
    await database.close()
  }
}

function pages(): ListCasesInput[] {
  const id = '00000000-0000-4000-8000-000000000000'
  const middle: Partial<Record<ListCasesInput['tab'], string>> = {
    new: `-100.${now - 40 * 86_400_000}.${id}`,
    appeals: `-10.${now}.${id}`,
    held: `${now + 3 * 86_400_000}.0.${id}`,
    expiring: `${now + 1_800_000}.0.${id}`,
    done: `${now - 45 * 86_400_000}.0.${id}`,
  }
  return queueTabs.flatMap((tab) => [
    { tab },
    ...(middle[tab] ? [listCasesSchema.parse({ tab, after: middle[tab] })] : []),
    ...['sg', 'beta', 'gone'].map((connection) => ({ tab, connection })),
    ...reportCategories.map((category) => ({ tab, category })),
    ...['user_7', 'user_59999', 'nobody'].map((accused) => ({ tab, accused })),
    ...['user_0', 'user_50000', 'nobody'].map((reporter) => ({ tab, reporter })),
    { tab, connection: 'beta', category: 'scam' as const },
  ])
}
