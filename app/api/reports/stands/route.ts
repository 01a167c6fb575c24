import { readStandsSchema } from '@/lib/reports/live-schemas'
import { readStands } from '@/lib/reports/read-stands'
import { defineRoute } from '@/lib/route'

export const GET = defineRoute({
  name: 'reports.stands',
  input: readStandsSchema,
  permission: 'reports:read',
  limit: 240,
  verb: readStands,
})
