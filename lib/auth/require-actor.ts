import 'server-only'
import { redirect } from 'next/navigation'
import { AppError } from '@/lib/errors'
import type { Actor } from './actor'
import { signInPathFor } from './callback-path'
import { findActor } from './find-actor'

/**
 * Who is making this request. When nobody is signed in this throws `AppError('UNAUTHENTICATED')`; with `returnTo`, the
 * path of the page that is being rendered, it goes to the sign-in page instead, which comes back there.
 */
export async function requireActor(returnTo?: string): Promise<Actor> {
  const actor = await findActor()
  if (actor) return actor
  if (returnTo !== undefined) redirect(signInPathFor(returnTo))
  throw new AppError('UNAUTHENTICATED')
}
