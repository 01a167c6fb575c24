import 'server-only'
import type { Context } from '@/lib/context'
import type { GroupNews } from '@/lib/groups/sync'
import { hasRoleMutes } from './group-wide'
import { toldOf } from './observe'
import { observeQuietly } from './observe-quietly'
import { keepsEnds, placeOf } from './place'
import { inRoleOrder } from './role-rules'

/** Writes down what the provider said of the mutes of everybody and of roles in many groups. */
export async function noteGroups(context: Context, { connection, askedAt, infos }: GroupNews): Promise<void> {
  const { capabilities } = context.provider(connection)
  const isWithRoles = hasRoleMutes(capabilities)
  const observed = infos.flatMap(({ groupId, everyone, roles }) =>
    toldOf(placeOf({ connection, groupId }), {
      until: {
        ...(everyone !== undefined && { everyone }),
        ...(isWithRoles && { roles: roles?.until ?? null }),
      },
      ...(roles && { roles: inRoleOrder(roles.roles) }),
    }),
  )
  const keepsNoEnd = !keepsEnds(capabilities)
  await observeQuietly(context.db, { connection, askedAt, keepsNoEnd, observed })
}
