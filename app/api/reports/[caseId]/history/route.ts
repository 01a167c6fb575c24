import { readOnSchema } from '@/lib/reports/history-schemas'
import { readOn } from '@/lib/reports/read-on'
import { defineRoute } from '@/lib/route'

export const GET = defineRoute({
  name: 'reports.history',
  input: readOnSchema,
  permission: 'reports:work',
  // Each may take several calls of the provider.
  limit: 60,
  verb: readOn,
})
