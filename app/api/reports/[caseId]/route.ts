import { caseKeySchema } from '@/lib/reports/case-schemas'
import { getCase } from '@/lib/reports/get'
import { defineRoute } from '@/lib/route'

export const GET = defineRoute({
  name: 'reports.get',
  input: caseKeySchema,
  permission: 'reports:read',
  limit: 240,
  verb: getCase,
})
