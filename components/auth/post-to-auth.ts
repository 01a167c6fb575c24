/** What came of a request to next-auth's endpoints; `error` is `CredentialsSignin`, `throttled:<seconds>` or unknown. */
export type AuthReply = { ok: true } | { ok: false; error: string }

const failed: AuthReply = { ok: false, error: 'unavailable' }

/**
 * Posts a form to one of next-auth's endpoints with the token it wants, in place of `next-auth/react`, which would
 * bring its session store along. Never throws: no connection is a failure like any other.
 */
export async function postToAuth(
  endpoint: 'callback/credentials' | 'signout',
  fields: Record<string, string>,
): Promise<AuthReply> {
  try {
    const csrfToken = stringIn(await (await fetch('/api/auth/csrf')).json(), 'csrfToken')
    const response = await fetch(`/api/auth/${endpoint}`, {
      method: 'POST',
      body: new URLSearchParams({ ...fields, csrfToken, json: 'true' }),
    })
    const { searchParams } = new URL(stringIn(await response.json(), 'url'), location.origin)
    const error = searchParams.get('error')
    if (error) return { ok: false, error }
    // A token that did not fit (cookies are blocked) is answered with 200 and the way to the form.
    return response.ok && !searchParams.has('csrf') ? { ok: true } : failed
  } catch {
    return failed
  }
}

function stringIn(body: unknown, key: string): string {
  const value = typeof body === 'object' && body !== null ? Reflect.get(body, key) : undefined
  if (typeof value !== 'string') throw new Error('an answer that next-auth does not give')
  return value
}
