import { listBulkMutes } from '@/lib/bulk-mutes/list'
import { listBulkMutesSchema } from '@/lib/bulk-mutes/schemas'
import { defineRoute } from '@/lib/route'

export const GET = defineRoute({
  name: 'bulk-mutes.list',
  input: listBulkMutesSchema,
  permission: 'accounts:read',
  limit: 240,
  verb: listBulkMutes,
})
