import { checkMuteStates } from '@/lib/mutes/check-states'
import { checkMutesSchema } from '@/lib/mutes/schemas'
import { defineRoute } from '@/lib/route'

export const GET = defineRoute({
  name: 'mutes.states',
  input: checkMutesSchema,
  permission: 'accounts:read',
  limit: 120,
  verb: checkMuteStates,
})
