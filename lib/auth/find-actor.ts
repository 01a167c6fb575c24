import 'server-only'
import { cookies } from 'next/headers'
import { cache } from 'react'
import { getDb } from '@/lib/db'
import { env } from '@/lib/env'
import type { Actor } from './actor'
import { actorOfSession } from './actor-of-session'
import { sessionCookie, sessionIdOfToken } from './session-cookie'

/**
 * Who is making this request, read from the database for this very request, or null when nobody is signed in. Pages,
 * actions and route handlers ask here and nowhere else; one render asks the database once.
 */
export const findActor: () => Promise<Actor | null> = cache(async () => {
  const { appOrigin, authSecret } = env()
  const token = (await cookies()).get(sessionCookie(appOrigin).name)?.value
  if (!token) return null
  const sessionId = await sessionIdOfToken(token, authSecret)
  return sessionId ? await actorOfSession(await getDb(), sessionId) : null
})
