import { nothingSchema } from '@/lib/bulk-mutes/schemas'
import { countTabs } from '@/lib/reports/count-tabs'
import { defineRoute } from '@/lib/route'

export const GET = defineRoute({
  name: 'reports.counts',
  input: nothingSchema,
  permission: 'reports:read',
  limit: 240,
  verb: countTabs,
})
