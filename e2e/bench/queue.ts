import type { Actor } from '../../lib/auth/actor'
import type { Context } from '../../lib/context'
import { AppError } from '../../lib/errors'
import { type ListCasesInput, listCasesSchema } from '../../lib/reports/case-schemas'
import { countTabs } from '../../lib/reports/count-tabs'
import { findNeighbours } from '../../lib/reports/find-neighbours'
import { foreseeLooks } from '../../lib/reports/foresee-looks'
import { listCases } from '../../lib/reports/list'
import { queueTabs } from '../../lib/reports/queue-rules'
import { reportCategories } from '../../lib/reports/rules'
import { actorOf } from './audit-load'
import { type BenchDatabase, openBenchEmbedded, openBenchServer } from './database'
import { benchActor, caseInTheMiddle, caseRows, loadQueue } from './queue-load'
import { type Findings, timeRows } from './report'

const rounds = 3
const bar = 50
const way = 'ways from'
const now = Date.UTC(2026, 10, 21)
const worker: Actor = {
  id: benchActor,
  email: '7@hushdesk.test',
  name: 'Moderator 7',
  role: 'moderator',
  sessionId: actorOf(1),
}

/**
 * The queue among 200 000 cases on both databases: every tab, every filter, any page, and the counts; and the ways from a
 * case through each of those lists, three questions each.
 */
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
      for (const page of pages()) await time(`${way} ${JSON.stringify(page)}`, () => around(context, page))
      await time('counts', () => countTabs(context, worker))
      await time('what comes', () => foreseeLooks(context, worker))
    }
    const isWay = ({ what }: { what: string }) => what.startsWith(way)
    const worst = taken.toSorted((a, b) => b.ms - a.ms).slice(0, 6)
    return {
      rows: [
        ...timeRows(
          `a page of the queue among ${caseRows / 1_000} 000 cases, ${name}`,
          taken.filter((one) => !isWay(one)).map(({ ms }) => ms),
          bar,
        ),
        ...timeRows(
          `the ways from a case through a list of the queue, ${name}`,
          taken.filter(isWay).map(({ ms }) => ms),
          bar,
        ),
      ],
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

/** The ways from a case of that list, or from its place where none is in it. */
function around(context: Context, { after, ...list }: ListCasesInput) {
  return findNeighbours(context, worker, { ...list, ...(after && { at: after }), caseId: caseInTheMiddle })
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
