import { listMembers } from '@/lib/mutes/list-members'
import { listMembersSchema } from '@/lib/mutes/place-schemas'
import { defineRoute } from '@/lib/route'

export const GET = defineRoute({
  name: 'groups.members',
  input: listMembersSchema,
  permission: 'accounts:read',
  limit: 240,
  verb: listMembers,
})
