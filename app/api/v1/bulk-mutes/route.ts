import { defineApi } from '@/lib/api'
import { submitBulkMuteOperation } from '@/lib/bulk-mutes/api-schemas'
import { submitBulkMute } from '@/lib/bulk-mutes/submit'

export const POST = defineApi(submitBulkMuteOperation, submitBulkMute)
