import 'server-only'
import { type Clock, systemClock } from './clock'
import { type Db, getDb } from './db'
import { listConnections, providerFor } from './provider'
import type { Provider, ProviderName } from './provider/port'

/** What a verb works with, handed in so that a test can give its own database, provider and clock. */
export type Context = {
  db: Db
  /** Throws `AppError('UNKNOWN_CONNECTION')`. */
  provider(connection: string): Provider
  /** The connections that there are, in the order of the connections file. */
  connections: readonly ConnectionInfo[]
  clock: Clock
}

/** A connection as people may see it. */
export type ConnectionInfo = { key: string; name: string; provider: ProviderName }

/** The running console's context. */
export async function appContext(): Promise<Context> {
  return { db: await getDb(), provider: providerFor, connections: listConnections(), clock: systemClock }
}
