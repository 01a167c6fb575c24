import 'server-only'
import { type Clock, systemClock } from './clock'
import { type Db, getDb } from './db'
import { providerFor } from './provider'
import type { Provider } from './provider/port'

/** What a verb works with, handed in so that a test can give its own database, provider and clock. */
export type Context = {
  db: Db
  /** Throws `AppError('UNKNOWN_CONNECTION')`. */
  provider(connection: string): Provider
  clock: Clock
}

/** The running console's context. */
export async function appContext(): Promise<Context> {
  return { db: await getDb(), provider: providerFor, clock: systemClock }
}
