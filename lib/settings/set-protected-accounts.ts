import 'server-only'
import type { Actor } from '@/lib/auth/actor'
import { requirePermission } from '@/lib/auth/require-permission'
import type { Context } from '@/lib/context'
import { replaceSetting } from './internal'
import type { SetProtectedAccountsInput } from './schemas'

/**
 * Replaces the accounts that no bulk mute touches; previews made before keep to what was set then. Throws `FORBIDDEN`,
 * and `SETTINGS_CHANGED` with who and when if they are no longer the version that was seen.
 */
export async function setProtectedAccounts(
  { db }: Pick<Context, 'db'>,
  actor: Actor,
  { accounts, version }: SetProtectedAccountsInput,
): Promise<{ version: number }> {
  requirePermission(actor, 'settings:write')
  return replaceSetting(db, actor, { key: 'protected-accounts', value: accounts, version })
}
