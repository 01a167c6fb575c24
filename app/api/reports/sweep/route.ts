import { sweepReporterSchema } from '@/lib/reports/appeal-schemas'
import { countSweep } from '@/lib/reports/sweep-reporter'
import { defineRoute } from '@/lib/route'

export const GET = defineRoute({
  name: 'reports.sweep',
  input: sweepReporterSchema,
  permission: 'reports:lead',
  limit: 60,
  verb: countSweep,
})
