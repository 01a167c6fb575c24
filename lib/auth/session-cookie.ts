import 'server-only'
import { decode } from 'next-auth/jwt'
import { sessionTokenSchema } from './schemas'
import { createSessionIds, type SessionIds } from './session-ids'

// A process may evaluate this module several times (a page's bundle, a route's bundle).
const holder = globalThis as { [sessionIdsKey]?: SessionIds }
const sessionIdsKey = Symbol.for('hushdesk.sessionIds')
/** Tokens whose session id is kept in memory, about 300 bytes each. */
const maxSessionIds = 1_000

/** What the cookie is called: over https the browser itself pins a `__Host-` cookie to this very host and to TLS. */
export function sessionCookie(appOrigin: string) {
  const isSecure = appOrigin.startsWith('https://')
  return {
    name: isSecure ? '__Host-hushdesk.session' : 'hushdesk.session',
    options: { httpOnly: true, sameSite: 'lax', path: '/', secure: isSecure },
  } as const
}

/** Where next-auth keeps the address that it would go to; it answers 500 as long as a browser sends nonsense in it. */
export function callbackCookie(appOrigin: string) {
  const isSecure = appOrigin.startsWith('https://')
  return {
    name: isSecure ? '__Host-hushdesk.callback' : 'hushdesk.callback',
    options: { httpOnly: true, sameSite: 'lax', path: '/', secure: isSecure },
  } as const
}

/**
 * The session id inside a cookie's token; null for a token that is not ours, was altered or has expired. To decrypt one
 * costs more than a question to the database, so ids are remembered; whether the session still holds is asked each time.
 */
export async function sessionIdOfToken(token: string, authSecret: string): Promise<string | null> {
  holder[sessionIdsKey] ??= createSessionIds({ capacity: maxSessionIds })
  const sessionIds = holder[sessionIdsKey]
  const known = sessionIds.find(token, authSecret)
  if (known) return known
  try {
    const parsed = sessionTokenSchema.safeParse(await decode({ token, secret: authSecret }))
    if (!parsed.success) return null
    const { sid, exp } = parsed.data
    sessionIds.remember(token, authSecret, { sessionId: sid, expiresAt: exp * 1_000 })
    return sid
  } catch {
    // Whatever cannot be decrypted is no token of ours; why does not matter to anybody.
    return null
  }
}
