import type { AdmittedCall } from './endpoint'
import { optionalTexts } from './group-fields'

/** Fields by their names on the wire. */
export type Fields = Record<string, unknown>

/**
 * The names that a filter asks for, or undefined when there is none. Names that the documents do not have are
 * counted and ignored.
 */
export function filterOf(
  call: AdmittedCall,
  field: string,
  value: unknown,
  known: readonly string[],
): readonly string[] | undefined {
  const names = optionalTexts(field, value)
  for (const name of names ?? []) {
    if (known.includes(name)) continue
    call.violate('unknown-field', `${field} names an unknown field ${JSON.stringify(name.slice(0, 64))}`)
  }
  return names
}

/** Only the fields that a filter names; all of them without a filter. */
export function pick(fields: Fields, filter: readonly string[] | undefined): Fields {
  if (!filter) return fields
  return Object.fromEntries(Object.entries(fields).filter(([name]) => filter.includes(name)))
}
