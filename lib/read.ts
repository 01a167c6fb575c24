import type { ActionError, ActionResult } from './result'

/** A read that did not succeed, with what the server told; `code` is `INTERNAL` without a request id when it was not reached. */
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
    throw new ReadError({ code: 'INTERNAL', requestId: '' })
  }
  if (!result.ok) throw new ReadError(result.error)
  return result.data
}

/** A path of encoded segments: ids may hold `#`, `%`, `/` and spaces. */
export function encodePath(...segments: string[]): string {
  return `/${segments.map(encodeURIComponent).join('/')}`
}
