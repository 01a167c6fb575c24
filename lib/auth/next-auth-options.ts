import 'server-only'
import type { NextAuthOptions } from 'next-auth'
import CredentialsProvider from 'next-auth/providers/credentials'
import { getDb } from '@/lib/db'
import { env } from '@/lib/env'
import { log } from '@/lib/log'
import { actorOfSession, sessionHours } from './actor-of-session'
import { clientAddress } from './address'
import { safeCallbackPath, signInPath } from './callback-path'
import { sessionTokenSchema, signInSchema } from './schemas'
import { callbackCookie, sessionCookie } from './session-cookie'
import { signIn } from './sign-in'
import { signOut } from './sign-out'

/**
 * next-auth as this console uses it: credentials, and a token that holds the id of a `sessions` row and nothing else.
 * next-auth swallows errors, or puts their message into a URL; `onFailure` gets those that are not an answer to the
 * person, and the caller then replies with a failure instead of what next-auth made of it.
 */
export function nextAuthOptions(onFailure: (error: unknown) => void): NextAuthOptions {
  const { appOrigin, authSecret } = env()
  return {
    secret: authSecret,
    useSecureCookies: appOrigin.startsWith('https://'),
    cookies: { sessionToken: sessionCookie(appOrigin), callbackUrl: callbackCookie(appOrigin) },
    pages: { signIn: signInPath, signOut: signInPath, error: signInPath },
    session: { strategy: 'jwt', maxAge: sessionHours * 60 * 60 },
    providers: [
      CredentialsProvider({
        credentials: { email: {}, password: {} },
        authorize: async (credentials, request) => {
          const input = signInSchema.safeParse({ email: credentials?.email, password: credentials?.password })
          if (!input.success) return null
          const address = clientAddress(new Headers(request.headers))
          const answer = await getDb()
            .then((db) => signIn(db, { ...input.data, address }))
            .catch((error: unknown) => {
              onFailure(error)
              throw new Error('unavailable')
            })
          if (answer.ok) return { id: answer.sessionId }
          if (answer.why === 'credentials') return null
          throw new Error(`throttled:${answer.retryAfterSeconds}`)
        },
      }),
    ],
    callbacks: {
      jwt: async ({ token, user }) => {
        // `user` comes from `authorize`, once, at the sign-in.
        if (user) return { sid: user.id }
        const { sid } = sessionTokenSchema.parse(token)
        // Null instead of an error would leave the person signed in for whoever asks next-auth (4.24.15).
        if (!(await actorOfSession(await getDb(), sid))) throw new Error('the session is over')
        return { sid }
      },
      session: ({ session }) => ({ expires: session.expires }),
      redirect: ({ url, baseUrl }) =>
        `${baseUrl}${safeCallbackPath(url.startsWith(`${baseUrl}/`) ? url.slice(baseUrl.length) : url)}`,
    },
    events: {
      signOut: async ({ token }) => {
        const parsed = sessionTokenSchema.safeParse(token)
        if (!parsed.success) return
        await getDb()
          .then((db) => signOut(db, parsed.data.sid))
          .catch(onFailure)
      },
    },
    logger: {
      error: (code) => log.warn({ code }, 'next-auth'),
      warn: (code) => log.warn({ code }, 'next-auth'),
      debug: () => {},
    },
  }
}
