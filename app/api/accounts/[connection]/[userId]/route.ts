import { getAccount } from '@/lib/accounts/get'
import { accountKeySchema } from '@/lib/accounts/schemas'
import { defineRoute } from '@/lib/route'

export const GET = defineRoute({
  name: 'accounts.get',
  input: accountKeySchema,
  permission: 'accounts:read',
  limit: 240,
  verb: getAccount,
})
