'use server'

import { defineAction } from '@/lib/action'
import { fileReport } from './file'
import { fileReportSchema } from './report-schemas'

export const fileReportAction = defineAction({
  name: 'reports.file',
  input: fileReportSchema,
  permission: 'reports:file',
  limit: 60,
  verb: fileReport,
})
