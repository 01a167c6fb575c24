import { accountKeySchema } from '@/lib/accounts/schemas'
import { listAccountGroups } from '@/lib/mutes/list-account-groups'
import { defineRoute } from '@/lib/route'

export const GET = defineRoute({
  name: 'mutes.groups',
  input: accountKeySchema,
  permission: 'accounts:read',
  limit: 240,
  verb: listAccountGroups,
})
