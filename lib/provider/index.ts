import 'server-only'
import { getDb } from '@/lib/db'
import { type Connection, env } from '@/lib/env'
import { AppError } from '@/lib/errors'
import { createThrottle } from '@/lib/throttle'
import type { CallbackReader } from './callback'
import type { Provider } from './port'
import { createTencentCallbacks } from './tencent/callback'
import { createTencentProvider } from './tencent/provider'
import { createZegoCallbacks } from './zego/callback'
import { createZegoProvider } from './zego/provider'

// A process may evaluate this module several times (a page's bundle, a route's bundle); the keep-alive sockets, the
// signature, the circuit breaker and the line of bulk callers belong to the process.
const holder = globalThis as { [providersKey]?: Map<string, Provider>; [throttleKey]?: Throttle }
const providersKey = Symbol.for('hushdesk.providers')
const throttleKey = Symbol.for('hushdesk.throttle')

type Throttle = ReturnType<typeof createThrottle>

/** The provider of a connection of the connections file. Throws `AppError('UNKNOWN_CONNECTION')`. */
export function providerFor(connectionKey: string): Provider {
  holder[providersKey] ??= new Map()
  const existing = holder[providersKey].get(connectionKey)
  if (existing) return existing
  const connection = env().connections.find(({ key }) => key === connectionKey)
  if (!connection) throw new AppError('UNKNOWN_CONNECTION')
  holder[throttleKey] ??= createThrottle(getDb)
  const provider = createProvider(connection, holder[throttleKey])
  holder[providersKey].set(connectionKey, provider)
  return provider
}

/** The connections as people may see them, in the order of the file. */
export function listConnections(): { key: string; name: string; provider: Connection['provider'] }[] {
  return env().connections.map(({ key, name, provider }) => ({ key, name, provider }))
}

/** A provider of its own for a connection, with the pacing that is given. `close` ends its sockets. */
export function createProvider(
  connection: Connection,
  throttle: Pick<Throttle, 'acquire'>,
): Provider & { close(): Promise<void> } {
  switch (connection.provider) {
    case 'tencent':
      return createTencentProvider({ connection, throttle })
    case 'zego':
      return createZegoProvider({ connection, throttle })
    default:
      return connection satisfies never
  }
}

/** What reads a connection's callbacks. Null: there is no such connection of this provider, or it takes none. */
export function callbacksOf(connectionKey: string, provider: Connection['provider']): CallbackReader | null {
  const connection = env().connections.find(({ key }) => key === connectionKey)
  if (connection?.provider !== provider || connection.callbackSecret === undefined) return null
  const { callbackSecret } = connection
  switch (connection.provider) {
    case 'tencent':
      return createTencentCallbacks({ ...connection, callbackSecret })
    case 'zego':
      return createZegoCallbacks({ ...connection, callbackSecret })
    default:
      return connection satisfies never
  }
}
