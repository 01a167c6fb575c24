import { onTestFinished } from 'vitest'
import type { ZegoConnection } from '@/lib/env'
import { type Handler, noting, type Permit, serve } from '../http-stage'
import { type Call, type ClientOptions, createZegoClient } from './client'
import { createZegoProvider } from './provider'
import { emptySchema } from './wire'

/** What the tests of this adapter share: a connection, two calls, and clients of servers that obey. */

export const connection: ZegoConnection = {
  key: 'zim',
  name: 'Party rooms',
  provider: 'zego',
  appId: 1_234_567_890,
  operatorUserId: 'operator #1&x=y',
  serverSecret: '0123456789abcdef0123456789abcdef',
  region: 'unified',
  limits: { callsPerSecond: {} },
}
export const read: Call<object> = {
  action: 'QueryGroupInfo',
  input: () => ({ GroupId: 'g' }),
  schema: emptySchema,
}
export const write: Call<object> = {
  action: 'MuteGroup',
  input: () => ({ GroupId: 'g', Duration: 60 }),
  schema: emptySchema,
}

/** A provider that gives each request, counted from 0, to `handler`; a client and an adapter for it. */
export async function stage(handler: Handler, options: Partial<ClientOptions> = {}) {
  const permits: Permit[] = []
  const { endpoint, requests } = await serve(handler)
  const clientOptions = {
    connection: { ...connection, endpoint },
    throttle: noting(permits),
    random: () => 0,
    ...options,
  }
  const client = createZegoClient(clientOptions)
  const provider = createZegoProvider(clientOptions)
  onTestFinished(() => client.close())
  onTestFinished(() => provider.close())
  return { client, provider, requests, permits, endpoint }
}
