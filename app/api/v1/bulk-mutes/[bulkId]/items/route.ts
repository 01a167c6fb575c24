import { defineApi } from '@/lib/api'
import { listBulkItemsOperation } from '@/lib/bulk-mutes/api-schemas'
import { listBulkItems } from '@/lib/bulk-mutes/list-items'

export const GET = defineApi(listBulkItemsOperation, listBulkItems)
