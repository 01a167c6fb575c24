import { accountKeySchema } from '@/lib/accounts/schemas'
import { readMuteMatrix } from '@/lib/mutes/read-matrix'
import { defineRoute } from '@/lib/route'

export const GET = defineRoute({
  name: 'mutes.matrix',
  input: accountKeySchema,
  permission: 'accounts:read',
  limit: 240,
  verb: readMuteMatrix,
})
