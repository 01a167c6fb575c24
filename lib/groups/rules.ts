import type { FieldErrorCode } from '@/lib/errors'

/** What holds for groups on both sides; without zod, so that browsers need not carry it. */

/** Bytes of the id of a group or a topic at most; each provider has its own limits, none above this one. */
const maxGroupIdBytes = 96

/** What keeps a text from being a group's id: 1–96 bytes of printable ASCII. */
export function groupIdError(text: string): FieldErrorCode | null {
  if (text === '') return 'required'
  if (!/^[\x20-\x7e]*$/.test(text)) return 'not_printable_ascii'
  return text.length > maxGroupIdBytes ? 'too_many_bytes' : null
}

/** A search for groups names one id or a part of a name. */
export const maxGroupQueryLength = 200
