import { readKeptSchema } from '@/lib/reports/kept-schemas'
import { readKept } from '@/lib/reports/read-kept'
import { defineRoute } from '@/lib/route'

export const GET = defineRoute({
  name: 'reports.kept',
  input: readKeptSchema,
  permission: 'reports:read',
  limit: 240,
  verb: readKept,
})
