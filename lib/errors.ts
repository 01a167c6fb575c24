import type { AuditType } from './audit/events'

/** Every way in which a request can end without its effect; the messages `errors.<code>` say each in three languages. */
export const appErrorCodes = [
  'UNAUTHENTICATED',
  'FORBIDDEN',
  'ORIGIN_REFUSED',
  'INVALID_INPUT',
  'BODY_TOO_LARGE',
  'NOT_JSON',
  'RATE_LIMITED',
  'NOT_FOUND',
  'UNKNOWN_CONNECTION',
  'ACCOUNT_NOT_FOUND',
  'GROUP_NOT_FOUND',
  'NOT_A_MEMBER',
  'CANNOT_MUTE_HERE',
  'IDEMPOTENCY_MISMATCH',
  'MUTE_CHANGED',
  'MUTE_PENDING',
  'NOT_UNDOABLE',
  'BULK_MUTE_CHANGED',
  'PREVIEW_CHANGED',
  'OWN_APPROVAL',
  'SETTINGS_CHANGED',
  'CASE_CHANGED',
  'CASE_CLAIMED',
  'CLAIM_LOST',
  'OWN_DECISION',
  'NEEDS_LEAD',
  'FILES_BUSY',
  'PROVIDER_UNREACHABLE',
  'PROVIDER_REFUSED',
  'INTERNAL',
  // The browser's own words: no request ends so on the server.
  'UNANSWERED',
  'PAGE_BROKE',
] as const
export type AppErrorCode = (typeof appErrorCodes)[number]

/** Whether a change that ended so may have taken effect nevertheless. */
export function leavesOpen(code: AppErrorCode): boolean {
  return code === 'INTERNAL' || code === 'UNANSWERED'
}

/** What can be wrong with one field; zod messages in `schemas.ts` files are these words (`fieldErrors.<code>`). */
export const fieldErrorCodes = [
  'required',
  'invalid',
  'too_long',
  'too_many',
  'too_many_bytes',
  'not_printable_ascii',
  'control_characters',
  'duplicate',
  'not_positive',
  'beyond_maximum',
  'in_past',
  'already_so',
  'owner_out_of_reach',
  'is_accused',
  'same_account',
  'no_such_account',
] as const
export type FieldErrorCode = (typeof fieldErrorCodes)[number]

/** What a person may be told beside the code: who was first, when, and what the provider answered. No secrets, no URLs. */
export type ErrorDetails = {
  /** display name of the moderator whose change came first */
  by?: string
  /** when that was, epoch ms */
  at?: number
  /** what it was, as the audit has it */
  what?: AuditType
  /** until when somebody else works on it, epoch ms */
  until?: number
  /** that somebody is the same moderator, in another tab */
  isYours?: boolean
  /** the provider's own code, to look up in its catalogue */
  providerCode?: number
  /** which catalogue the code belongs to */
  provider?: 'tencent' | 'zego'
  /** seconds to wait before trying again */
  retryAfterSeconds?: number
}

/** The one error that verbs throw on purpose. Anything else that is thrown is a bug and surfaces only as a request id. */
export class AppError extends Error {
  override readonly name = 'AppError'
  constructor(
    readonly code: AppErrorCode,
    readonly options: {
      fields?: Record<string, FieldErrorCode>
      details?: ErrorDetails
      cause?: unknown
    } = {},
  ) {
    super(code, { cause: options.cause })
  }
}
