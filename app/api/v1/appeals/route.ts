import { defineApi } from '@/lib/api'
import { fileAppealOperation } from '@/lib/reports/appeal-schemas'
import { fileAppeal } from '@/lib/reports/file-appeal'

export const POST = defineApi(fileAppealOperation, fileAppeal)
