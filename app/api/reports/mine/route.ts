import { nothingSchema } from '@/lib/bulk-mutes/schemas'
import { listInquiries } from '@/lib/reports/list-inquiries'
import { defineRoute } from '@/lib/route'

export const GET = defineRoute({
  name: 'reports.mine',
  input: nothingSchema,
  permission: 'reports:work',
  limit: 240,
  verb: listInquiries,
})
