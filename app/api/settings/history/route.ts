import { defineRoute } from '@/lib/route'
import { settingHistorySchema } from '@/lib/settings/history-schemas'
import { listSettingVersions } from '@/lib/settings/list-versions'

export const GET = defineRoute({
  name: 'settings.history',
  input: settingHistorySchema,
  permission: 'settings:write',
  limit: 120,
  verb: listSettingVersions,
})
