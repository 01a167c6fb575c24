import { listCasesSchema } from '@/lib/reports/case-schemas'
import { listCases } from '@/lib/reports/list'
import { defineRoute } from '@/lib/route'

export const GET = defineRoute({
  name: 'reports.list',
  input: listCasesSchema,
  permission: 'reports:read',
  limit: 240,
  verb: listCases,
})
