import { findNeighbours } from '@/lib/reports/find-neighbours'
import { neighboursSchema } from '@/lib/reports/neighbour-schemas'
import { defineRoute } from '@/lib/route'

export const GET = defineRoute({
  name: 'reports.neighbours',
  input: neighboursSchema,
  permission: 'reports:read',
  limit: 240,
  verb: findNeighbours,
})
