import { muteHistory } from '@/lib/mutes/history'
import { historySchema } from '@/lib/mutes/schemas'
import { defineRoute } from '@/lib/route'

export const GET = defineRoute({
  name: 'groups.history',
  input: historySchema,
  permission: 'accounts:read',
  limit: 240,
  verb: muteHistory,
})
