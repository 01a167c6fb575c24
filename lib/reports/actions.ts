'use server'

import { defineAction } from '@/lib/action'
import { fileReport } from './file'
import { recheckEvidence } from './recheck-evidence'
import { fileReportSchema, recheckEvidenceSchema } from './report-schemas'

export const fileReportAction = defineAction({
  name: 'reports.file',
  input: fileReportSchema,
  permission: 'reports:file',
  limit: 60,
  verb: fileReport,
})

export const recheckEvidenceAction = defineAction({
  name: 'reports.recheck-evidence',
  input: recheckEvidenceSchema,
  permission: 'reports:read',
  limit: 60,
  verb: recheckEvidence,
})
