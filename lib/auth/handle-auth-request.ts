import 'server-only'
import { NextRequest } from 'next/server'
import NextAuth from 'next-auth'
import { env } from '@/lib/env'
import { errorFields, log } from '@/lib/log'
import { signInPath } from './callback-path'
import { nextAuthOptions } from './next-auth-options'
import { callbackCookie } from './session-cookie'

/** What of next-auth is reachable; its other endpoints serve browsers' pages and log lines that we do not want. */
const endpoints = new Set(['GET csrf', 'GET session', 'POST callback/credentials', 'POST signout'])
/** Pages of next-auth to which it sends a browser that came without script or cookie. */
const pages = new Set(['GET signin', 'GET signout', 'GET error'])
/** An address and a password at their longest, encoded, are below half of it. */
const maxBodyBytes = 8_192

/**
 * The door of `/api/auth/*`. Signing in and out need next-auth's own token, compared with a cookie that no other site
 * can set or read, so a form on another site can do neither. Anything but the four endpoints is not found; bodies are
 * small forms only; queries are dropped. If the database cannot answer, 503, and the cookies stay as they are.
 */
export async function handleAuthRequest(
  request: NextRequest,
  context: { params: Promise<{ nextauth: string[] }> },
): Promise<Response> {
  const { nextauth } = await context.params
  const endpoint = `${request.method} ${nextauth.join('/')}`
  if (pages.has(endpoint)) return Response.redirect(new URL(signInPath, env().appOrigin), 303)
  if (!endpoints.has(endpoint)) return refuse(404)

  const callback = callbackCookie(env().appOrigin)
  const callbackUrl = request.cookies.get(callback.name)?.value
  if (callbackUrl !== undefined && !isHttpUrl(callbackUrl)) {
    const secure = callback.options.secure ? '; Secure' : ''
    return refuse(400, { 'set-cookie': `${callback.name}=; Path=/; Max-Age=0${secure}` })
  }

  let form: string | undefined
  if (request.method === 'POST') {
    if (!isForm(request)) return refuse(415)
    form = await smallText(request)
    if (form === undefined) return refuse(413)
  }
  const { origin, pathname } = request.nextUrl
  const bare = new NextRequest(new URL(pathname, origin), {
    method: request.method,
    headers: request.headers,
    ...(form === undefined ? {} : { body: form }),
  })

  let failure: { error: unknown } | undefined
  const options = nextAuthOptions((error) => {
    failure = { error }
  })
  const response: Response = await NextAuth(bare, context, options)
  if (!failure) return response
  log.error({ name: `auth ${endpoint}`, ...errorFields(failure.error) }, 'failed')
  return refuse(503)
}

function isHttpUrl(text: string): boolean {
  return /^https?:\/\//.test(text) && URL.canParse(text)
}

function isForm(request: NextRequest): boolean {
  return request.headers.get('content-type')?.split(';')[0]?.trim() === 'application/x-www-form-urlencoded'
}

/** The body as text; undefined when it is too long, of which no more is read than that takes. */
async function smallText(request: NextRequest): Promise<string | undefined> {
  const chunks: Uint8Array[] = []
  let bytes = 0
  for await (const chunk of request.body ?? []) {
    bytes += chunk.byteLength
    if (bytes > maxBodyBytes) return undefined
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

function refuse(status: number, headers: Record<string, string> = {}): Response {
  return Response.json({}, { status, headers: { 'cache-control': 'no-store', ...headers } })
}
