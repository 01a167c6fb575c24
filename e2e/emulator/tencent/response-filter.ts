import { Refusal } from '../refusal'
import type { AdmittedCall } from './endpoint'
import { countUnknownFields } from './fields'

/** The object of a ResponseFilter; null when there is none or it names nothing. */
export function responseFilterOf(
  call: AdmittedCall,
  known: readonly string[],
): Record<string, unknown> | null {
  const filter = call.body.ResponseFilter
  if (filter === undefined) return null
  if (typeof filter !== 'object' || filter === null || Array.isArray(filter)) {
    throw new Refusal(10004, 'bad-body', 'ResponseFilter is no object')
  }
  countUnknownFields(call, filter, known)
  return Object.keys(filter).length === 0 ? null : { ...filter }
}
