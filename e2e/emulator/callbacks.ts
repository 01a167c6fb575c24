import { createHash, randomInt } from 'node:crypto'
import * as z from 'zod'
import { route } from './control-route'
import type { World } from './world'

const common = {
  /** Where the customer's server listens. */
  url: z.url(),
  appId: z.int(),
  /** What the call is signed with, unless `sign` says otherwise. */
  secret: z.string(),
  event: z.string(),
  body: z.record(z.string(), z.unknown()),
  sign: z.enum(['right', 'none']).default('right'),
  /** How far the call's own time is from the real one. */
  shiftSeconds: z.int().default(0),
  /** The call's own time, for sending one again. */
  at: z.int().optional(),
}

/** A call of a provider's server to the customer's. ZEGO's may name its nonce. */
export const callbackSchema = z.discriminatedUnion('provider', [
  z.strictObject({ provider: z.literal('tencent'), ...common }),
  z.strictObject({ provider: z.literal('zego'), ...common, nonce: z.string().optional() }),
])
export type CallbackInput = z.input<typeof callbackSchema>

/** How the customer's server answered, and with which time (and nonce) it was called. */
export const callbackAnswerSchema = z.object({
  status: z.int(),
  text: z.string(),
  at: z.int(),
  nonce: z.string().optional(),
})

/** Calls the customer's server as the provider would, and tells how it answered. */
export const CALLBACK_ROUTE = route(callbackSchema, (_: World, call) => {
  const at = call.at ?? Math.floor(Date.now() / 1000) + call.shiftSeconds
  return call.provider === 'tencent' ? callAsTencent(call, at) : callAsZego(call, at)
})

type Call = z.output<typeof callbackSchema>

/** "Webhook Overview": everything about the call is in the address, its signature too. */
async function callAsTencent({ url, appId, secret, event, body, sign }: Call, at: number) {
  const target = new URL(url)
  const parameters = {
    SdkAppid: String(appId),
    CallbackCommand: event,
    contenttype: 'json',
    ClientIP: '127.0.0.1',
    OptPlatform: 'RESTAPI',
    ...(sign === 'right' && {
      RequestTime: String(at),
      Sign: createHash('sha256').update(`${secret}${at}`).digest('hex'),
    }),
  }
  for (const [name, value] of Object.entries(parameters)) target.searchParams.set(name, value)
  return { at, ...(await post(target, { CallbackCommand: event, ...body })) }
}

/** "Callback description": everything about the call is in its body. */
async function callAsZego(call: Extract<Call, { provider: 'zego' }>, at: number) {
  const { url, appId, secret, event, body, sign } = call
  const nonce = call.nonce ?? String(randomInt(1, 2 ** 31))
  const parts = [secret, String(at), nonce].sort()
  const envelope = {
    appid: String(appId),
    event,
    nonce,
    timestamp: at,
    ...(sign === 'right' && { signature: createHash('sha1').update(parts.join('')).digest('hex') }),
  }
  return { at, nonce, ...(await post(new URL(url), { ...envelope, ...body })) }
}

async function post(url: URL, body: object) {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  return { status: response.status, text: await response.text() }
}
