import { findGroups } from '@/lib/groups/find'
import { findGroupsSchema } from '@/lib/groups/schemas'
import { defineRoute } from '@/lib/route'

export const GET = defineRoute({
  name: 'groups.find',
  input: findGroupsSchema,
  permission: 'accounts:read',
  limit: 240,
  verb: findGroups,
})
