import { onTestFinished } from 'vitest'
import type { TencentConnection } from '@/lib/env'
import { type Handler, noting, type Permit, serve } from '../http-stage'
import { type Call, type ClientOptions, createTencentClient } from './client'
import { getNoSpeakingSchema, setNoSpeakingSchema } from './wire'

/** What the tests of this adapter's client share: a connection, two calls, and clients of servers that obey. */

export { answer, errorOf, type Handler, interactive, listen, type Permit } from '../http-stage'

export const secretKey = 'the-secret-key-of-the-tests'
export const connection: TencentConnection = {
  key: 'sg',
  name: 'Singapore',
  provider: 'tencent',
  sdkAppId: 1_400_000_000,
  adminIdentifier: 'admin #1&x=y',
  secretKey,
  region: 'singapore',
  limits: { callsPerSecond: {} },
}
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

/** A client of an endpoint, with pacing that grants everything and notes it, and without waits between retries. */
export function clientOf(endpoint: string, options: Partial<ClientOptions> & { permits?: Permit[] } = {}) {
  const { permits = [], ...rest } = options
  const client = createTencentClient({
    connection: { ...connection, endpoint },
    throttle: noting(permits),
    random: () => 0,
    ...rest,
  })
  onTestFinished(() => client.close())
  return client
}

/** A provider that gives each request, counted from 0, to `handler`; and a client for it. */
export async function stage(handler: Handler, options: Partial<ClientOptions> = {}) {
  const permits: Permit[] = []
  const { endpoint, requests } = await serve(handler)
  return { client: clientOf(endpoint, { permits, ...options }), requests, permits, endpoint }
}
