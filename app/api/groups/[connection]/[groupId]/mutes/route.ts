import { placeKeySchema } from '@/lib/mutes/place-schemas'
import { readMuteMatrix } from '@/lib/mutes/read-matrix'
import { defineRoute } from '@/lib/route'

export const GET = defineRoute({
  name: 'groups.mutes',
  input: placeKeySchema,
  permission: 'accounts:read',
  limit: 240,
  verb: readMuteMatrix,
})
