import { previewDecisionQuerySchema } from '@/lib/reports/decision-schemas'
import { previewDecision } from '@/lib/reports/preview-decision'
import { defineRoute } from '@/lib/route'

export const GET = defineRoute({
  name: 'reports.decision-preview',
  input: previewDecisionQuerySchema,
  permission: 'reports:work',
  limit: 240,
  verb: (context, actor, { input }) => previewDecision(context, actor, input),
})
