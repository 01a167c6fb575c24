import { accountKeySchema } from '@/lib/accounts/schemas'
import { listNotes } from '@/lib/reports/list-notes'
import { defineRoute } from '@/lib/route'

export const GET = defineRoute({
  name: 'reports.notes',
  input: accountKeySchema,
  permission: 'reports:read',
  limit: 240,
  verb: listNotes,
})
