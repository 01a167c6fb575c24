import { randomUUID } from 'node:crypto'
import type { Actor } from '@/lib/auth/actor'
import type { Role } from '@/lib/auth/roles'
import type { Db } from '@/lib/db'
import { moderators, sessions } from '@/lib/db/schema'

/** Adds a moderator who is signed in. The password hash is none: nobody can sign in with it. */
export async function addActor(db: Db, role: Role = 'moderator'): Promise<Actor> {
  const id = randomUUID()
  const sessionId = randomUUID()
  const actor: Actor = { id, email: `${id}@example.com`, name: `The ${role}`, role, sessionId }
  await db.insert(moderators).values({ id, email: actor.email, name: actor.name, role, passwordHash: 'none' })
  await db.insert(sessions).values({ id: sessionId, moderatorId: id })
  return actor
}
