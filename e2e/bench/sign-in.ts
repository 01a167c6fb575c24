import * as z from 'zod'
import type { Role } from '../../lib/auth/roles'
import type { Demo } from '../demo/start'

/** Signs in over HTTP and gives the `cookie` header of the session. Throws when the console refuses. */
export async function signInCookie(demo: Demo, role: Role): Promise<string> {
  const signIn = demo.signIns.find((candidate) => candidate.role === role)
  if (!signIn) throw new Error(`the demo has no sign-in for the role ${role}`)
  const csrf = await fetch(new URL('/api/auth/csrf', demo.consoleUrl))
  const { csrfToken } = z.object({ csrfToken: z.string() }).parse(await csrf.json())
  const response = await fetch(new URL('/api/auth/callback/credentials', demo.consoleUrl), {
    method: 'POST',
    headers: { cookie: cookiesOf(csrf), origin: demo.consoleUrl },
    body: new URLSearchParams({ email: signIn.email, password: signIn.password, csrfToken, json: 'true' }),
    redirect: 'manual',
  })
  const cookies = cookiesOf(response)
  if (!response.ok || !/session=/.test(cookies))
    throw new Error(`signing in as ${role} failed: ${response.status}`)
  return cookies
}

function cookiesOf(response: Response): string {
  return response.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0])
    .join('; ')
}
