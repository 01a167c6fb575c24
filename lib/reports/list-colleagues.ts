import 'server-only'
import { and, asc, inArray, isNull, ne } from 'drizzle-orm'
import type { Actor } from '@/lib/auth/actor'
import { requirePermission } from '@/lib/auth/require-permission'
import { hasPermission, roles } from '@/lib/auth/roles'
import type { Context } from '@/lib/context'
import { moderators } from '@/lib/db/schema'
import type { ColleagueDto } from './colleague-dtos'

/** Whom a case can be handed to: everybody else who works on cases, by name. Throws `FORBIDDEN`. */
export async function listColleagues({ db }: Context, actor: Actor): Promise<ColleagueDto[]> {
  requirePermission(actor, 'reports:work')
  const working = roles.filter((role) => hasPermission(role, 'reports:work'))
  const colleagues = await db
    .select({ id: moderators.id, name: moderators.name, role: moderators.role })
    .from(moderators)
    .where(and(inArray(moderators.role, working), isNull(moderators.disabledAt), ne(moderators.id, actor.id)))
    .orderBy(asc(moderators.name), asc(moderators.email))
  return colleagues.map(({ id, name, role }) => ({ id, name, isLead: hasPermission(role, 'reports:lead') }))
}
