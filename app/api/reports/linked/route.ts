import { accountKeySchema } from '@/lib/accounts/schemas'
import { listLinkedAccounts } from '@/lib/reports/list-linked'
import { defineRoute } from '@/lib/route'

export const GET = defineRoute({
  name: 'reports.linked',
  input: accountKeySchema,
  permission: 'reports:read',
  limit: 240,
  verb: listLinkedAccounts,
})
