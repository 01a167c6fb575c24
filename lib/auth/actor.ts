import type { Role } from './roles'

/** The signed-in moderator, read from the database for this very request. Never built from input. */
export type Actor = {
  id: string
  email: string
  name: string
  role: Role
  sessionId: string
}
