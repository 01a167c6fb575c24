'use server'

import { defineAction } from '@/lib/action'
import { setApprovalAboveSchema, setMutePresetsSchema, setProtectedAccountsSchema } from './schemas'
import { setApprovalAbove } from './set-approval-above'
import { setMutePresets } from './set-mute-presets'
import { setProtectedAccounts } from './set-protected-accounts'

export const setMutePresetsAction = defineAction({
  name: 'settings.set-mute-presets',
  input: setMutePresetsSchema,
  permission: 'settings:write',
  limit: 30,
  verb: setMutePresets,
})

export const setApprovalAboveAction = defineAction({
  name: 'settings.set-approval-above',
  input: setApprovalAboveSchema,
  permission: 'settings:write',
  limit: 30,
  verb: setApprovalAbove,
})

export const setProtectedAccountsAction = defineAction({
  name: 'settings.set-protected-accounts',
  input: setProtectedAccountsSchema,
  permission: 'settings:write',
  limit: 30,
  verb: setProtectedAccounts,
})
