import 'server-only'
import { decode } from 'next-auth/jwt'
import { sessionTokenSchema } from './schemas'

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

/** The session id inside a cookie's token; null for a token that is not ours, was altered or has expired. */
export async function sessionIdOfToken(token: string, authSecret: string): Promise<string | null> {
  try {
    const parsed = sessionTokenSchema.safeParse(await decode({ token, secret: authSecret }))
    return parsed.success ? parsed.data.sid : null
  } catch {
    // Whatever cannot be decrypted is no token of ours; why does not matter to anybody.
    return null
  }
}
