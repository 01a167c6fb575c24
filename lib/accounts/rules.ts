import type { FieldErrorCode } from '@/lib/errors'

/** What holds for accounts and searches on both sides; without zod, so that browsers need not carry it. */

/** Bytes of an account id; both providers allow 32. */
export const maxUserIdBytes = 32

/** How many exact ids one search may name. */
export const maxSearchIds = 100
export const maxQueryLength = 4_000

/** What keeps a text from being an account id as both providers take it: 1–32 bytes of printable ASCII. */
export function userIdError(text: string): FieldErrorCode | null {
  if (text === '') return 'required'
  if (!/^[\x20-\x7e]*$/.test(text)) return 'not_printable_ascii'
  return text.length > maxUserIdBytes ? 'too_many_bytes' : null
}

/** With how many others an account can be linked, over however many steps. */
export const maxLinked = 20
export const maxLinkReasonLength = 200
