import { type IncomingCall, recordEffect, type Trace, type Violate } from '../answer-call'
import { Refusal } from '../refusal'
import { MAX_UINT32 } from '../schemas'
import type { World } from '../world'
import type { ZegoApp } from './apps'
import type { AdmittedCall, ZegoEndpoint } from './endpoint'
import { countUnknownFields, createFields, type Fields, INVALID } from './fields'
import { countBusinessParameters, parseQuery, type Query, queryFields, singleOf } from './query'
import { isSignedWith, rememberNonce, TOLERANCE_SECONDS } from './signature'
import { MALFORMED_NONCE, UNKNOWN_APP, WRONG_METHOD } from './unconfirmed'

/**
 * Checks what all calls have in common: Action, app, signature, its age and its nonce, method, rate, shape.
 * Fills `trace` as it goes, so that a refused call can be logged too.
 * @throws Refusal with the provider's code
 */
export function admitCall(
  world: World,
  endpoint: ZegoEndpoint | null,
  incoming: IncomingCall,
  trace: Trace,
  violate: Violate,
): { endpoint: ZegoEndpoint; call: AdmittedCall } {
  const query = parseQuery(incoming.search)
  if (!singleOf(query, 'Action')) throw new Refusal(100000006, 'unknown-path', 'Action is missing')
  if (!endpoint) throw new Refusal(100000007, 'unknown-path', 'there is no such Action')
  const app = requireApp(world, query)
  trace.appId = app.appId
  const nonce = requireNonce(query)
  trace.random = nonce
  requireSignature(app, query, nonce, Math.floor(world.clock.signaturesNow() / 1000))
  if (incoming.method !== endpoint.method) {
    throw new Refusal(WRONG_METHOD, 'bad-method', `${incoming.method} instead of ${endpoint.method}`)
  }
  requireRate(world, endpoint, app)

  const call: AdmittedCall = {
    app,
    fields: requireFields(endpoint, query, incoming.body, violate),
    origin: world.origin,
    now: () => world.clock.mutesNow(),
    violate,
    record: (effect) => recordEffect(world, { appId: app.appId, random: nonce }, effect),
    tell: (tip) => world.tips.add({ at: world.clock.mutesNow(), appId: app.appId, ...tip }),
    deliver: (delivery) =>
      world.deliveries.add({ at: world.clock.mutesNow(), appId: app.appId, ...delivery }),
  }
  return { endpoint, call }
}

function requireApp(world: World, query: Query): ZegoApp {
  const value = singleOf(query, 'AppId')
  if (!value || !/^[1-9]\d{0,9}$/.test(value) || Number(value) > MAX_UINT32) {
    throw new Refusal(100000001, 'bad-query', 'AppId is missing or not an unsigned 32-bit integer')
  }
  const app = world.zegoApps.get(Number(value))
  if (!app) throw new Refusal(UNKNOWN_APP, 'bad-query', 'there is no such AppId')
  return app
}

function requireNonce(query: Query): string {
  const nonce = singleOf(query, 'SignatureNonce')
  if (!nonce) throw new Refusal(100000008, 'bad-query', 'SignatureNonce is missing')
  if (!/^[0-9a-fA-F]{16}$/.test(nonce)) {
    throw new Refusal(MALFORMED_NONCE, 'bad-query', 'SignatureNonce is not 16 hexadecimal digits')
  }
  return nonce
}

function requireSignature(app: ZegoApp, query: Query, nonce: string, nowSeconds: number): void {
  const timestamp = singleOf(query, 'Timestamp')
  if (!timestamp) throw new Refusal(100000002, 'bad-query', 'Timestamp is missing')
  if (!/^[1-9]\d{0,11}$/.test(timestamp)) throw new Refusal(100000003, 'bad-query', 'Timestamp is malformed')
  const version = singleOf(query, 'SignatureVersion')
  if (!version) throw new Refusal(100000013, 'bad-query', 'SignatureVersion is missing')
  if (version !== '2.0') throw new Refusal(100000014, 'bad-query', 'SignatureVersion is not 2.0')
  const signature = singleOf(query, 'Signature')
  if (!signature) throw new Refusal(100000009, 'bad-signature', 'Signature is missing')
  if (!isSignedWith(app.serverSecret, { appId: app.appId, nonce, timestamp, signature })) {
    throw new Refusal(100000005, 'bad-signature', 'the signature was made with something else')
  }
  if (Math.abs(nowSeconds - Number(timestamp)) > TOLERANCE_SECONDS) {
    throw new Refusal(100000004, 'bad-signature', 'the signature has expired')
  }
  if (!rememberNonce(app.nonces, nonce, nowSeconds)) {
    throw new Refusal(100000005, 'bad-signature', 'the nonce was used before')
  }
}

function requireRate(world: World, endpoint: ZegoEndpoint, app: ZegoApp): void {
  const limit = app.limits[endpoint.action] ?? endpoint.limitPerSecond
  if (world.rates.admit(`${app.appId}/${endpoint.action}`, limit)) return
  throw new Refusal(endpoint.overLimitCode, 'over-limit', `more than ${limit} calls in a second`)
}

function requireFields(endpoint: ZegoEndpoint, query: Query, body: Buffer, violate: Violate): Fields {
  if (endpoint.method === 'GET') {
    if (body.length > 0) violate('bad-body', 'a GET Action has a body')
    return queryFields(endpoint, query, violate)
  }
  countBusinessParameters(query, violate)
  const value = parseJson(body)
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new Refusal(INVALID, 'bad-body', 'the body is not a JSON object')
  }
  countUnknownFields(value, [...endpoint.scalars, ...endpoint.arrays], violate)
  return createFields({ ...value }, 'body', violate)
}

function parseJson(bytes: Buffer): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch {
    return undefined
  }
}
