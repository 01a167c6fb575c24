import { Refusal } from '../refusal'
import type { AdmittedCall } from './endpoint'

/** Whether a value is an account id: 1 to 32 bytes of printable ASCII. */
export function isAccountId(value: unknown): value is string {
  return typeof value === 'string' && /^[\x20-\x7e]{1,32}$/.test(value)
}

/** Counts each field that the document of the call does not name. */
export function countUnknownFields(call: AdmittedCall, object: object, known: readonly string[]): void {
  for (const name of Object.keys(object)) {
    if (!known.includes(name))
      call.violate('unknown-field', `unknown field ${JSON.stringify(name.slice(0, 64))}`)
  }
}

/**
 * The account ids of a batch call, or a refusal with the given codes.
 * @param ids the value found in the body
 * @param max the most that one call may name
 */
export function requireAccountIds(
  call: AdmittedCall,
  ids: unknown,
  max: number,
  codes: { invalid: number; tooMany: number },
): string[] {
  if (!Array.isArray(ids) || ids.length === 0) {
    throw new Refusal(codes.invalid, 'bad-body', 'the list of accounts is missing or empty')
  }
  if (ids.length > max) {
    throw new Refusal(codes.tooMany, 'batch-too-large', `${ids.length} accounts in one call, at most ${max}`)
  }
  const valid = ids.filter(isAccountId)
  if (valid.length < ids.length) {
    throw new Refusal(
      codes.invalid,
      'bad-account-id',
      'an account id is not 1 to 32 bytes of printable ASCII',
    )
  }
  if (new Set(valid).size < valid.length)
    call.violate('repeated-account', 'an account is named twice in one call')
  return valid
}
