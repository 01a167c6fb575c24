import type { Violate } from '../answer-call'
import { Refusal } from '../refusal'

/** The code for a parameter that is missing or invalid. */
export const INVALID = 660000002

/** The business parameters of a call, the same from a query and from a body. Absent ones are undefined. */
export type Fields = {
  text(name: string): string | undefined
  integer(name: string, least: number, most: number): number | undefined
  flag(name: string): boolean | undefined
  texts(name: string): string[] | undefined
  integers(name: string, least: number, most: number): number[] | undefined
  /** The entries of an array of objects, in a body only. */
  objects(name: string, known: readonly string[]): Fields[] | undefined
  /** One object, in a body only. */
  object(name: string, known: readonly string[]): Fields | undefined
  /** A refusal as an invalid parameter. */
  refuse(message: string): Refusal
}

/**
 * Makes the fields of a call.
 * @param source where they come from: in a query a number is written in decimal and a truth as `true` or `false`
 */
export function createFields(
  raw: Readonly<Record<string, unknown>>,
  source: 'query' | 'body',
  violate: Violate,
): Fields {
  const refuse = (message: string) =>
    new Refusal(INVALID, source === 'query' ? 'bad-query' : 'bad-body', message)

  function textOf(name: string, value: unknown): string {
    if (typeof value !== 'string') throw refuse(`${name} is not a string`)
    return value
  }

  function integerOf(name: string, value: unknown, least: number, most: number): number {
    const isWritten = typeof value === 'string' && /^(0|-?[1-9]\d{0,14})$/.test(value)
    const number = source === 'query' && isWritten ? Number(value) : value
    if (typeof number !== 'number' || !Number.isSafeInteger(number) || number < least || number > most) {
      throw refuse(`${name} is not an integer from ${least} to ${most}`)
    }
    return number
  }

  function listOf<Item>(name: string, itemOf: (item: unknown) => Item): Item[] | undefined {
    const value = raw[name]
    if (value === undefined) return undefined
    if (!Array.isArray(value)) throw refuse(`${name} is not an array`)
    return value.map(itemOf)
  }

  function objectOf(name: string, value: unknown, known: readonly string[]): Fields {
    if (typeof value !== 'object' || value === null || Array.isArray(value))
      throw refuse(`${name} is or has something that is no object`)
    countUnknownFields(value, known, violate)
    return createFields({ ...value }, source, violate)
  }

  return {
    text: (name) => (raw[name] === undefined ? undefined : textOf(name, raw[name])),
    integer: (name, least, most) =>
      raw[name] === undefined ? undefined : integerOf(name, raw[name], least, most),
    flag(name) {
      const value = raw[name]
      if (value === undefined) return undefined
      if (value === (source === 'query' ? 'true' : true)) return true
      if (value === (source === 'query' ? 'false' : false)) return false
      throw refuse(`${name} is neither true nor false`)
    },
    texts: (name) => listOf(name, (item) => textOf(name, item)),
    integers: (name, least, most) => listOf(name, (item) => integerOf(name, item, least, most)),
    objects: (name, known) => listOf(name, (item) => objectOf(name, item, known)),
    object: (name, known) => (raw[name] === undefined ? undefined : objectOf(name, raw[name], known)),
    refuse,
  }
}

/** Counts each field that the document of the Action does not name. */
export function countUnknownFields(object: object, known: readonly string[], violate: Violate): void {
  for (const name of Object.keys(object)) {
    if (!known.includes(name)) violate('unknown-field', `unknown field ${JSON.stringify(name.slice(0, 64))}`)
  }
}
