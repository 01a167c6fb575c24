import 'server-only'
import { asc } from 'drizzle-orm'
import type { Actor } from '@/lib/auth/actor'
import { requirePermission } from '@/lib/auth/require-permission'
import type { Db } from '@/lib/db'
import { moderators } from '@/lib/db/schema'

/** Everybody who has or had a sign-in, by name: whom the audit can be narrowed to. Throws `AppError('FORBIDDEN')`. */
export async function listAuditActors(db: Db, actor: Actor): Promise<{ id: string; name: string }[]> {
  requirePermission(actor, 'audit:read')
  return await db
    .select({ id: moderators.id, name: moderators.name })
    .from(moderators)
    .orderBy(asc(moderators.name), asc(moderators.email))
}
