import 'server-only'
import type { Actor } from '@/lib/auth/actor'
import { requirePermission } from '@/lib/auth/require-permission'
import type { Context } from '@/lib/context'
import { replaceSetting } from './internal'
import type { SetApprovalAboveInput } from './schemas'

/**
 * Sets above how many accounts a second person has to agree to a bulk mute, for every run that is started from now on.
 * Throws `FORBIDDEN`, and `SETTINGS_CHANGED` with who and when if it is no longer the version that was seen.
 */
export async function setApprovalAbove(
  { db }: Pick<Context, 'db'>,
  actor: Actor,
  { accounts, version }: SetApprovalAboveInput,
): Promise<{ version: number }> {
  requirePermission(actor, 'settings:write')
  return replaceSetting(db, actor, { key: 'bulk-approval-above', value: accounts, version })
}
