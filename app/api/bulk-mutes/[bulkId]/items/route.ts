import { listBulkItems } from '@/lib/bulk-mutes/list-items'
import { listBulkItemsSchema } from '@/lib/bulk-mutes/schemas'
import { defineRoute } from '@/lib/route'

export const GET = defineRoute({
  name: 'bulk-mutes.items',
  input: listBulkItemsSchema,
  permission: 'accounts:read',
  limit: 240,
  verb: listBulkItems,
})
