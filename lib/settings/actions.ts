'use server'

import { defineAction } from '@/lib/action'
import { setMutePresetsSchema } from './schemas'
import { setMutePresets } from './set-mute-presets'

export const setMutePresetsAction = defineAction({
  name: 'settings.set-mute-presets',
  input: setMutePresetsSchema,
  permission: 'settings:write',
  limit: 30,
  verb: setMutePresets,
})
