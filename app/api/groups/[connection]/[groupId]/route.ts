import { getGroup } from '@/lib/groups/get'
import { groupKeySchema } from '@/lib/groups/schemas'
import { defineRoute } from '@/lib/route'

export const GET = defineRoute({
  name: 'groups.get',
  input: groupKeySchema,
  permission: 'accounts:read',
  limit: 240,
  verb: getGroup,
})
