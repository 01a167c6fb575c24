import { defineApi } from '@/lib/api'
import { getReportOperation } from '@/lib/reports/api-schemas'
import { getReport } from '@/lib/reports/get-report'

export const GET = defineApi(getReportOperation, getReport)
