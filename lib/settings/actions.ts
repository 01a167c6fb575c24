'use server'

import { defineAction } from '@/lib/action'
import { restoreSettingSchema } from './history-schemas'
import { setNoticeTemplatesSchema, setReportPoliciesSchema } from './report-schemas'
import { restoreSetting } from './restore'
import { setApprovalAboveSchema, setMutePresetsSchema, setProtectedAccountsSchema } from './schemas'
import { setApprovalAbove } from './set-approval-above'
import { setMutePresets } from './set-mute-presets'
import { setNoticeTemplates } from './set-notice-templates'
import { setProtectedAccounts } from './set-protected-accounts'
import { setReportPolicies } from './set-report-policies'

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

export const setReportPoliciesAction = defineAction({
  name: 'settings.set-report-policies',
  input: setReportPoliciesSchema,
  permission: 'settings:write',
  limit: 30,
  verb: setReportPolicies,
})

export const setNoticeTemplatesAction = defineAction({
  name: 'settings.set-notice-templates',
  input: setNoticeTemplatesSchema,
  permission: 'settings:write',
  limit: 30,
  verb: setNoticeTemplates,
})

export const restoreSettingAction = defineAction({
  name: 'settings.restore',
  input: restoreSettingSchema,
  permission: 'settings:write',
  limit: 30,
  verb: restoreSetting,
})
