import { getBulkMute } from '@/lib/bulk-mutes/get'
import { bulkKeySchema } from '@/lib/bulk-mutes/schemas'
import { defineRoute } from '@/lib/route'

export const GET = defineRoute({
  name: 'bulk-mutes.get',
  input: bulkKeySchema,
  permission: 'accounts:read',
  limit: 240,
  verb: getBulkMute,
})
