import 'server-only'
import { asc, eq, max } from 'drizzle-orm'
import type { Db } from '@/lib/db'
import { moderators, sessions } from '@/lib/db/schema'
import type { Role } from './roles'

/** One sign-in as the command line shows it; instants in epoch ms. */
export type ListedModerator = {
  email: string
  name: string
  role: Role
  createdAt: number
  disabledAt: number | null
  /** when a session of theirs was last in use, to the minute */
  seenAt: number | null
}

/** Everybody who has or had a sign-in, by address. */
export async function listModerators(db: Db): Promise<ListedModerator[]> {
  return await db
    .select({
      email: moderators.email,
      name: moderators.name,
      role: moderators.role,
      createdAt: moderators.createdAt,
      disabledAt: moderators.disabledAt,
      seenAt: max(sessions.seenAt),
    })
    .from(moderators)
    .leftJoin(sessions, eq(sessions.moderatorId, moderators.id))
    .groupBy(moderators.id)
    .orderBy(asc(moderators.email))
}
