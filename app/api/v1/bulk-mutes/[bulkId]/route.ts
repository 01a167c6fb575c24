import { defineApi } from '@/lib/api'
import { getBulkMuteOperation } from '@/lib/bulk-mutes/api-schemas'
import { getBulkMute } from '@/lib/bulk-mutes/get'

export const GET = defineApi(getBulkMuteOperation, getBulkMute)
