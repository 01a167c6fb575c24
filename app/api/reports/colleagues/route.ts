import { nothingSchema } from '@/lib/bulk-mutes/schemas'
import { listColleagues } from '@/lib/reports/list-colleagues'
import { defineRoute } from '@/lib/route'

export const GET = defineRoute({
  name: 'reports.colleagues',
  input: nothingSchema,
  permission: 'reports:work',
  limit: 240,
  verb: listColleagues,
})
