import { type IncomingCall, recordEffect, type Trace, type Violate } from '../answer-call'
import { parseExactJson } from '../exact-json'
import { Refusal } from '../refusal'
import type { World } from '../world'
import type { TencentApp } from './apps'
import type { AdmittedCall, Endpoint } from './endpoint'
import {
  parseQuery,
  requireApp,
  requireIdentifier,
  requireJsonContentType,
  requireRandom,
  requireUserSig,
} from './query'
import { verifyUserSig } from './user-sig'

/**
 * Checks what all calls have in common: method, address, app, rate, signature, administrator, JSON body.
 * Fills `trace` as it goes, so that a refused call can be logged too.
 * @throws Refusal with the provider's code
 */
export function admitCall(
  world: World,
  endpoint: Endpoint,
  incoming: IncomingCall,
  trace: Trace,
  violate: Violate,
): AdmittedCall {
  if (incoming.method !== 'POST') throw new Refusal(60002, 'bad-method', `${incoming.method} instead of POST`)
  const query = parseQuery(incoming.search, violate)
  const app = requireApp(world, query)
  trace.appId = app.appId
  const random = requireRandom(query)
  trace.random = random
  requireJsonContentType(query)
  requireRate(world, endpoint, app)
  const operator = requireIdentifier(query)
  requireAdmin(world, endpoint, app, operator, requireUserSig(query))

  return {
    app,
    origin: world.origin,
    random,
    operator,
    body: requireJsonObject(endpoint, incoming.body),
    clock: world.clock,
    violate,
    record: (effect) => recordEffect(world, { appId: app.appId, random }, effect),
    tip: (tip) => {
      world.tips.add({ at: world.clock.mutesNow(), appId: app.appId, operator, ...tip })
    },
    deliver: (delivery) => {
      world.deliveries.add({ at: world.clock.mutesNow(), appId: app.appId, ...delivery })
    },
  }
}

function requireRate(world: World, endpoint: Endpoint, app: TencentApp): void {
  const limit = app.limits[endpoint.api] ?? endpoint.limitPerSecond
  if (world.rates.admit(`${app.appId}/${endpoint.api}`, limit)) return
  throw new Refusal(60007, 'over-limit', `more than ${limit} calls in a second`)
}

function requireAdmin(
  world: World,
  endpoint: Endpoint,
  app: TencentApp,
  identifier: string,
  userSig: string,
): void {
  const failure = verifyUserSig({
    userSig,
    identifier,
    secretKey: app.secretKey,
    appId: app.appId,
    nowSeconds: Math.floor(world.clock.signaturesNow() / 1000),
  })
  if (failure) throw new Refusal(failure.code, 'bad-signature', failure.info)
  if (!app.admins.has(identifier)) {
    throw new Refusal(endpoint.notAdminCode, 'not-admin', 'the identifier is no administrator of the app')
  }
}

function requireJsonObject(endpoint: Endpoint, bytes: Buffer): Record<string, unknown> {
  const value = parseJson(bytes)
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new Refusal(endpoint.badJsonCode, 'bad-body', 'the body is not a JSON object')
  }
  return { ...value }
}

function parseJson(bytes: Buffer): unknown {
  try {
    return parseExactJson(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch {
    return undefined
  }
}
