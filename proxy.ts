import { randomBytes } from 'node:crypto'
import { type NextRequest, NextResponse } from 'next/server'
import { env, isDevelopment } from '@/lib/env'
import {
  contentSecurityPolicy,
  isForeignPost,
  isPicturePath,
  nonceHeader,
  pathHeader,
  picturePolicy,
  securityHeaders,
} from '@/lib/headers'

/**
 * Headers on every response: a fresh nonce, the content security policy and the rest. It decides about nobody's access;
 * pages, actions and routes do that themselves. Only what Next would end before any of them is handed to a route that
 * refuses and records it. There is no matcher, so nothing can be asked for around it.
 */
export function proxy(request: NextRequest): NextResponse {
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
  // What is set here stands before what a route sets.
  response.headers.set('content-security-policy', isPicturePath(pathname) ? picturePolicy : policy)
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
