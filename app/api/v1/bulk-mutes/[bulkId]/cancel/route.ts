import { defineApi } from '@/lib/api'
import { cancelBulkMuteOperation } from '@/lib/bulk-mutes/api-schemas'
import { cancelBulkMute } from '@/lib/bulk-mutes/cancel'

export const POST = defineApi(cancelBulkMuteOperation, cancelBulkMute)
