import 'server-only'
import { AppError } from '@/lib/errors'
import type { Actor } from './actor'
import { findActor } from './find-actor'

/** Who is making this request. Throws `AppError('UNAUTHENTICATED')` when nobody is signed in. */
export async function requireActor(): Promise<Actor> {
  const actor = await findActor()
  if (!actor) throw new AppError('UNAUTHENTICATED')
  return actor
}
