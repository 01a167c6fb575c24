import type { AppErrorCode, ErrorDetails, FieldErrorCode } from './errors'

/** What an action or route gives back instead of throwing: safe to show, nothing of the input in it. */
export type ActionError = {
  code: AppErrorCode
  fields?: Record<string, FieldErrorCode>
  details?: ErrorDetails
  /** finds the log line of this request */
  requestId: string
}
export type ActionResult<T> = { ok: true; data: T } | { ok: false; error: ActionError }
