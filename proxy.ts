import { randomBytes } from 'node:crypto'
import { type NextRequest, NextResponse } from 'next/server'
import { env, isDevelopment } from '@/lib/env'
import {
  contentSecurityPolicy,
  dataPolicy,
  isForeignPost,
  nonceHeader,
  pathHeader,
  securityHeaders,
} from '@/lib/headers'

/**
 * Headers on every response: the content security policy, with a fresh nonce for a page, and the rest. It decides about
 * nobody's access; pages, actions and routes do that themselves. Only what Next would end before any of them is handed
 * to a route that refuses and records it. There is no matcher, so nothing can be asked for around it.
 */
export function proxy(request: NextRequest): NextResponse {
  // What is no page has no use for a nonce, and its request is left as it is: handing on a changed one costs as much again.
  if (request.nextUrl.pathname.startsWith('/api/')) return withHeaders(NextResponse.next(), dataPolicy)
  const nonce = randomBytes(16).toString('base64')
  const policy = contentSecurityPolicy({ nonce, isDevelopment })
  const { pathname, search } = request.nextUrl

  // Next takes the nonce from the request's own policy header: one sent by a client must not get there.
  const headers = new Headers(request.headers)
  headers.delete('content-security-policy-report-only')
  headers.set('content-security-policy', policy)
  headers.set(nonceHeader, nonce)
  headers.set(pathHeader, `${pathname}${search}`)

  const response = isForeignPost(request, env().appOrigin)
    ? NextResponse.rewrite(refusalOf(request), { request: { headers } })
    : NextResponse.next({ request: { headers } })
  return withHeaders(response, policy)
}

/** What is set here stands before what a route sets. */
function withHeaders(response: NextResponse, policy: string): NextResponse {
  response.headers.set('content-security-policy', policy)
  const isSecure = env().appOrigin.startsWith('https:')
  for (const [name, value] of Object.entries(securityHeaders({ isSecure }))) response.headers.set(name, value)
  return response
}

function refusalOf({ nextUrl }: NextRequest): URL {
  const url = nextUrl.clone()
  url.pathname = '/api/foreign-origin'
  url.search = ''
  return url
}
