import { searchSchema } from '@/lib/accounts/schemas'
import { searchAccountsWithMutes } from '@/lib/mutes/search-accounts'
import { defineRoute } from '@/lib/route'

export const GET = defineRoute({
  name: 'accounts.search',
  input: searchSchema,
  permission: 'accounts:read',
  limit: 240,
  verb: searchAccountsWithMutes,
})
