import { listActiveBulkMutes } from '@/lib/bulk-mutes/list-active'
import { nothingSchema } from '@/lib/bulk-mutes/schemas'
import { defineRoute } from '@/lib/route'

export const GET = defineRoute({
  name: 'bulk-mutes.active',
  input: nothingSchema,
  permission: 'accounts:read',
  limit: 240,
  verb: listActiveBulkMutes,
})
