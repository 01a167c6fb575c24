import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo, Server } from 'node:net'
import { text } from 'node:stream/consumers'
import { inspect } from 'node:util'
import { onTestFinished } from 'vitest'
import type { Connection } from '@/lib/env'
import type { Throttle } from '../caller'
import { ProviderError } from '../errors'
import type { CallOptions } from '../port'
import { type Call, type ClientOptions, createTencentClient } from './client'
import { getNoSpeakingSchema, setNoSpeakingSchema } from './wire'

/** What the tests of this adapter's client share: a connection, two calls, and servers that answer as they are told. */

export const secretKey = 'the-secret-key-of-the-tests'
export const connection: Connection = {
  key: 'sg',
  name: 'Singapore',
  provider: 'tencent',
  sdkAppId: 1_400_000_000,
  adminIdentifier: 'admin #1&x=y',
  secretKey,
  region: 'singapore',
  limits: { callsPerSecond: {} },
}
export const interactive: CallOptions = { priority: 'interactive' }
export const read: Call<object> = {
  command: 'getnospeaking',
  body: () => ({ Get_Account: 'a' }),
  schema: getNoSpeakingSchema,
}
export const write: Call<object> = {
  command: 'setnospeaking',
  body: () => ({ Set_Account: 'a' }),
  schema: setNoSpeakingSchema,
}

/** What the client asked of the pacing. */
export type Permit = Parameters<Throttle['acquire']>[0]
/** Answers, or does not answer, one request; `index` counts them from 0. */
export type Handler = (request: IncomingMessage, response: ServerResponse, index: number) => void

/** Listens on a free port of this machine until the test ends. */
export async function listen(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    if ('closeAllConnections' in server && server.closeAllConnections instanceof Function)
      server.closeAllConnections()
    server.close()
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}` // a TCP address, as it was given a port
}

/** A client of an endpoint, with pacing that grants everything and notes it, and without waits between retries. */
export function clientOf(endpoint: string, options: Partial<ClientOptions> & { permits?: Permit[] } = {}) {
  const { permits = [], ...rest } = options
  const throttle: Throttle = {
    async acquire(permit) {
      permits.push(permit)
    },
  }
  const client = createTencentClient({
    connection: { ...connection, endpoint },
    throttle,
    random: () => 0,
    ...rest,
  })
  onTestFinished(() => client.close())
  return client
}

/** A provider that gives each request, counted from 0, to `handler`; and a client for it. */
export async function stage(handler: Handler, options: Partial<ClientOptions> = {}) {
  const requests: { url: URL; body: string }[] = []
  const permits: Permit[] = []
  const server = createServer(async (request, response) => {
    const index = requests.length
    requests.push({ url: new URL(request.url ?? '', 'http://provider'), body: '' })
    requests[index] = { url: new URL(request.url ?? '', 'http://provider'), body: await text(request) }
    handler(request, response, index)
  })
  const endpoint = await listen(server)
  return { client: clientOf(endpoint, { permits, ...options }), requests, permits, endpoint }
}

/** Answers every request with a body: text and bytes as they are, all else as JSON. */
export const answer =
  (body: unknown, status = 200): Handler =>
  (_, response) =>
    response
      .writeHead(status)
      .end(typeof body === 'string' || body instanceof Uint8Array ? body : JSON.stringify(body))

/** The `ProviderError` that a call ends with; anything else fails the test. */
export async function errorOf(call: Promise<unknown>): Promise<ProviderError> {
  const error = await call.then(
    () => undefined,
    (reason: unknown) => reason,
  )
  if (!(error instanceof ProviderError)) throw new Error(`not a provider error: ${inspect(error)}`)
  return error
}
