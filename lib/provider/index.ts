import 'server-only'
import { getDb } from '@/lib/db'
import { type Connection, env } from '@/lib/env'
import { AppError } from '@/lib/errors'
import { createThrottle } from '@/lib/throttle'
import type { Provider } from './port'
import { createTencentProvider } from './tencent/provider'

/** One provider per connection and process: it holds the keep-alive sockets, the signature and the circuit breaker. */
const providers = new Map<string, Provider>()

/** The pacing in the shared database, opened at the first call and not when this module is loaded. */
const throttle = createThrottle(getDb)

/** The provider of a connection of the connections file. Throws `AppError('UNKNOWN_CONNECTION')`. */
export function providerFor(connectionKey: string): Provider {
  const existing = providers.get(connectionKey)
  if (existing) return existing
  const connection = env().connections.find(({ key }) => key === connectionKey)
  if (!connection) throw new AppError('UNKNOWN_CONNECTION')
  const provider = createProvider(connection)
  providers.set(connectionKey, provider)
  return provider
}

/** The connections as people may see them, in the order of the file. */
export function listConnections(): { key: string; name: string; provider: Connection['provider'] }[] {
  return env().connections.map(({ key, name, provider }) => ({ key, name, provider }))
}

function createProvider(connection: Connection): Provider {
  switch (connection.provider) {
    case 'tencent':
      return createTencentProvider({ connection, throttle })
    default:
      return connection.provider satisfies never
  }
}
