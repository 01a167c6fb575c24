import { defineApi } from '@/lib/api'
import { submitReportOperation } from '@/lib/reports/api-schemas'
import { fileReport } from '@/lib/reports/file'

export const POST = defineApi(submitReportOperation, fileReport)
