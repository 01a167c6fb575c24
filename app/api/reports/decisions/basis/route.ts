import { getDecisionBasis } from '@/lib/reports/decision-basis'
import { caseIdSchema } from '@/lib/reports/decision-schemas'
import { defineRoute } from '@/lib/route'

export const GET = defineRoute({
  name: 'reports.decision-basis',
  input: caseIdSchema,
  permission: 'reports:read',
  limit: 240,
  verb: getDecisionBasis,
})
