import type { ActionError, ActionResult } from './result'

/** A read that did not succeed, with what the server told; `UNANSWERED` without a request id when no answer came. */
export class ReadError extends Error {
  override readonly name = 'ReadError'
  constructor(readonly error: ActionError) {
    super(error.code)
  }
}

/**
 * GETs one of the console's own JSON routes from the browser. The answer's type is the route's: both sides are built
 * together and the route is same-origin. Throws `ReadError`.
 */
export async function read<Data>(
  path: string,
  query: Record<string, string | undefined>,
  signal?: AbortSignal,
): Promise<Data> {
  const search = new URLSearchParams(
    Object.entries(query).flatMap(([key, value]) => (value ? [[key, value]] : [])),
  )
  let result: ActionResult<Data>
  try {
    const response = await fetch(`${path}?${search}`, { ...(signal ? { signal } : {}), cache: 'no-store' })
    result = await response.json()
  } catch (error) {
    if (signal?.aborted) throw error
    throw new ReadError(unanswered)
  }
  if (!result.ok) throw new ReadError(result.error)
  return result.data
}

/**
 * Calls a server action. No answer, while the console starts anew or the connection is gone, is an answer too: nobody
 * knows what it would have said. Never throws.
 */
export async function answerOf<Data>(call: () => Promise<ActionResult<Data>>): Promise<ActionResult<Data>> {
  try {
    return await call()
  } catch {
    return { ok: false, error: unanswered }
  }
}

/** What a failed read told; of what broke in the page itself no server has a log line, so there is no request id. */
export function readErrorOf(error: unknown): ActionError {
  return error instanceof ReadError ? error.error : { code: 'PAGE_BROKE', requestId: '' }
}

const unanswered: ActionError = { code: 'UNANSWERED', requestId: '' }

/**
 * A path of encoded segments: ids may hold `#`, `%`, `/` and spaces, and may be `.` or `..`, which browsers would take
 * as steps through the path however they are encoded. Those two get a `~` in front, as does what looks like it.
 */
export function encodePath(...segments: string[]): string {
  return `/${segments.map((segment) => encodeURIComponent(segment.replace(/^~*\.{1,2}$/, '~$&'))).join('/')}`
}

/** What `encodePath` made a segment of, given that the percent signs have been decoded. */
export function decodeSegment(segment: string): string {
  return segment.replace(/^~(~*\.{1,2})$/, '$1')
}

/** What `encodePath` made a segment of, as pages get it: the address has it still with its percent signs. */
export function decodePathSegment(segment: string): string {
  try {
    return decodeSegment(decodeURIComponent(segment))
  } catch {
    // A lone `%` in a hand-written address: the schema then says what it is.
    return segment
  }
}
