'use server'

import { defineAction } from '@/lib/action'
import { linkAccounts } from './link'
import { linkAccountsSchema, unlinkAccountsSchema } from './link-schemas'
import { unlinkAccounts } from './unlink'

export const linkAccountsAction = defineAction({
  name: 'accounts.link',
  input: linkAccountsSchema,
  permission: 'reports:work',
  limit: 60,
  verb: linkAccounts,
})

export const unlinkAccountsAction = defineAction({
  name: 'accounts.unlink',
  input: unlinkAccountsSchema,
  permission: 'reports:work',
  limit: 60,
  verb: unlinkAccounts,
})
