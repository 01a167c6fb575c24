import type { Violate } from '../answer-call'
import { Refusal } from '../refusal'
import { MAX_UINT32 } from '../schemas'
import type { World } from '../world'
import type { TencentApp } from './apps'
import { isAccountId } from './fields'

const PARAMETERS = ['sdkappid', 'identifier', 'usersig', 'random', 'contenttype']

/** The parameters of an address as they were written; names and values are case-sensitive. */
export type Query = ReadonlyMap<string, string>

/**
 * Reads the part of an address after the question mark.
 * @throws Refusal 60002 for broken percent signs and for a parameter given twice
 */
export function parseQuery(search: string, violate: Violate): Query {
  const query = new Map<string, string>()
  for (const pair of search.split('&').filter(Boolean)) {
    const [rawName = '', ...rawValue] = pair.split('=')
    const name = decode(rawName)
    const value = decode(rawValue.join('='))
    if (query.has(name)) throw new Refusal(60002, 'bad-query', 'a query parameter is given twice')
    if (!PARAMETERS.includes(name)) {
      violate('unknown-query-parameter', `unknown query parameter ${JSON.stringify(name.slice(0, 64))}`)
    }
    query.set(name, value)
  }
  return query
}

/** @throws Refusal 60012, 60006 or 70020 when the parameter is missing, no number or names no app */
export function requireApp(world: World, query: Query): TencentApp {
  const value = query.get('sdkappid')
  if (!value) throw new Refusal(60012, 'bad-query', 'sdkappid is missing')
  if (!/^[1-9]\d{0,9}$/.test(value)) throw new Refusal(60006, 'bad-query', 'sdkappid is not a number')
  const app = world.apps.get(Number(value))
  if (!app) throw new Refusal(70020, 'bad-query', 'there is no such SDKAppID')
  return app
}

/** @throws Refusal 60002 unless it is an unsigned 32-bit integer in decimal */
export function requireRandom(query: Query): number {
  const value = query.get('random')
  if (value === undefined || !/^(0|[1-9]\d{0,9})$/.test(value) || Number(value) > MAX_UINT32) {
    throw new Refusal(60002, 'bad-query', 'random is not an unsigned 32-bit integer')
  }
  return Number(value)
}

/** @throws Refusal 60002 unless it is `json` */
export function requireJsonContentType(query: Query): void {
  if (query.get('contenttype') !== 'json') throw new Refusal(60002, 'bad-query', 'contenttype is not json')
}

/** @throws Refusal 60004 unless it is an account id */
export function requireIdentifier(query: Query): string {
  const value = query.get('identifier')
  if (!isAccountId(value)) throw new Refusal(60004, 'bad-query', 'identifier is missing or no account id')
  return value
}

/** @throws Refusal 70002 when it is missing or empty */
export function requireUserSig(query: Query): string {
  const value = query.get('usersig')
  if (!value) throw new Refusal(70002, 'bad-signature', 'usersig is missing or empty')
  return value
}

function decode(text: string): string {
  // A bare plus sign means a space to some servers and a plus to others, so it must not be relied upon.
  if (text.includes('+')) throw new Refusal(60002, 'bad-query', 'a plus sign or space is not percent-encoded')
  try {
    return decodeURIComponent(text)
  } catch {
    throw new Refusal(60002, 'bad-query', 'a percent sign begins no valid sequence')
  }
}
