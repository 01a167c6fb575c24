import 'server-only'
import {
  type PGlite,
  parse,
  protocol,
  type QueryOptions,
  type Results,
  type Transaction,
} from '@electric-sql/pglite'
import { saysOnePlan } from './one-plan'
import { createStatementNames } from './statement-names'

type Message = Awaited<ReturnType<PGlite['execProtocolStream']>>[number]
/** A statement that the engine keeps parsed. */
type Kept = { paramTypes: readonly number[]; described: Message[]; uses: number }
type Query = Transaction['query']

const { serialize } = protocol

/** PostgreSQL plans the first five uses of a statement for their own values, and only then ponders one plan for all. */
const ownPlans = 5
/** One plan for all serves so many uses: it fits the tables as they were, and nothing tells the engine that they grew. */
const mostUses = 200

/**
 * Lets the engine keep the statements that come again and again: it then parses each once instead of every time, plans
 * most of them once, and answers one message instead of six, which together is most of what a small statement costs.
 * Statements in transactions too. Errors are those of the engine (`code`).
 */
export function keepStatements(client: PGlite): void {
  const names = createStatementNames()
  const kept = new Map<string, Kept>()

  async function ask(...messages: Uint8Array[]): Promise<Message[]> {
    return await client.execProtocolStream(Buffer.concat(messages), { syncToFs: false })
  }

  async function keep(name: string, text: string): Promise<Kept> {
    kept.delete(name)
    const answers = await ask(
      serialize.close({ type: 'S', name }),
      serialize.parse({ name, text }),
      serialize.describe({ type: 'S', name }),
      serialize.sync(),
    )
    const one = {
      paramTypes: parse.parseDescribeStatementResults(answers),
      described: answers.filter((answer) => answer.name === 'rowDescription'),
      uses: 0,
    }
    kept.set(name, one)
    return one
  }

  async function run<Row>(
    name: string,
    text: string,
    params: readonly unknown[],
    options?: QueryOptions,
  ): Promise<Results<Row>> {
    const known = kept.get(name)
    const isFresh = known && known.uses < (isSkewed(text) ? ownPlans : mostUses)
    const one = isFresh ? known : await keep(name, text)
    one.uses += 1
    const { paramTypes, described } = one
    const values = params.map((value, index) => {
      if (value === null || value === undefined) return null
      return client.serializers[paramTypes[index] ?? 0]?.(value) ?? String(value)
    })
    const answers = await ask(
      serialize.bind({ statement: name, values }),
      serialize.execute({}),
      serialize.sync(),
    )
    // Handed over as one table: the engine would copy its own for each statement.
    const parsers = Object.assign(Object.create(client.parsers), options?.parsers)
    const [result] = parse.parseResults([...described, ...answers], parsers, { rowMode: options?.rowMode })
    // The type of a row is what whoever wrote the statement says it is, as with the engine's own `query`.
    return result as Results<Row>
  }

  /** `alone`: with nothing else in the engine at that time. */
  function keeping(query: Query, alone: <T>(work: () => Promise<T>) => Promise<T>): Query {
    return async <Row>(text: string, params: unknown[] = [], options?: QueryOptions) => {
      const name = isPlain(options) ? names.nameOf(text) : null
      if (name === null) return await query<Row>(text, params, options)
      return await alone(() => run<Row>(name, text, params, options))
    }
  }

  const transaction = client.transaction.bind(client)
  const inQuery: typeof client._runExclusiveQuery = (work) => client._runExclusiveQuery(work)
  client.query = keeping(client.query.bind(client), async (work) => {
    await client._checkReady()
    return await client._runExclusiveTransaction(() => inQuery(work))
  })
  client.transaction = (work) =>
    transaction((tx) => {
      tx.query = keeping(tx.query, (run) => inQuery(run))
      return work(tx)
    })
}

/** Nothing but what a kept statement can do. */
function isPlain(options: QueryOptions = {}): boolean {
  return Object.keys(options).every((name) => name === 'rowMode' || name === 'parsers')
}

/**
 * The first rows of an order: one plan for all values walks the wrong index wherever a few of them are frequent, unless
 * it says that it cannot.
 */
function isSkewed(text: string): boolean {
  return /\blimit\b/i.test(text) && !saysOnePlan(text)
}
