import type { Violate } from '../answer-call'
import { Refusal } from '../refusal'
import type { ZegoEndpoint } from './endpoint'
import { createFields, type Fields, INVALID } from './fields'

const COMMON = ['Action', 'AppId', 'SignatureNonce', 'Timestamp', 'SignatureVersion', 'Signature']

/** The parameters of an address with their values in order; a name of an array ends with `[]`. */
export type Query = ReadonlyMap<string, readonly string[]>

/**
 * Reads the part of an address after the question mark.
 * @throws Refusal for broken percent signs and bare plus signs
 */
export function parseQuery(search: string): Query {
  const query = new Map<string, string[]>()
  for (const pair of search.split('&').filter(Boolean)) {
    const [rawName = '', ...rawValue] = pair.split('=')
    const name = decode(rawName)
    query.set(name, [...(query.get(name) ?? []), decode(rawValue.join('='))])
  }
  return query
}

/**
 * The one value of a parameter; undefined when it is missing or empty.
 * @throws Refusal when it is given twice
 */
export function singleOf(query: Query, name: string): string | undefined {
  const values = query.get(name) ?? []
  if (values.length > 1) throw new Refusal(INVALID, 'bad-query', `${name} is given twice`)
  return values[0] || undefined
}

/**
 * The fields of a GET Action.
 * @throws Refusal for an array without brackets, and for a scalar that has them or comes twice
 */
export function queryFields(endpoint: ZegoEndpoint, query: Query, violate: Violate): Fields {
  const raw: Record<string, unknown> = {}
  for (const [name, values] of query) {
    const base = name.replace(/\[\]$/, '')
    if (COMMON.includes(name)) continue
    if (endpoint.arrays.includes(name)) {
      throw new Refusal(INVALID, 'bad-query', `the array ${name} is sent without its brackets`)
    }
    if (name !== base && endpoint.arrays.includes(base)) raw[base] = values
    else if (endpoint.scalars.includes(name)) raw[name] = singleOf(query, name)
    else countUnknown(name, violate)
  }
  return createFields(raw, 'query', violate)
}

/** Counts each parameter that does not belong into the query of a POST Action. */
export function countBusinessParameters(query: Query, violate: Violate): void {
  for (const name of query.keys()) if (!COMMON.includes(name)) countUnknown(name, violate)
}

function countUnknown(name: string, violate: Violate) {
  violate('unknown-query-parameter', `unknown query parameter ${JSON.stringify(name.slice(0, 64))}`)
}

function decode(text: string): string {
  // A bare plus sign means a space to some servers and a plus to others, so it must not be relied upon.
  if (text.includes('+'))
    throw new Refusal(INVALID, 'bad-query', 'a plus sign or space is not percent-encoded')
  try {
    return decodeURIComponent(text)
  } catch {
    throw new Refusal(INVALID, 'bad-query', 'a percent sign begins no valid sequence')
  }
}
