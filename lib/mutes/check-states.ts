import 'server-only'
import type { Actor } from '@/lib/auth/actor'
import { requirePermission } from '@/lib/auth/require-permission'
import type { Context } from '@/lib/context'
import { listMuteStates } from './list-states'
import type { CheckMutesInput, MuteStatesDto } from './schemas'

/**
 * The mute matrices of up to 25 accounts, read at their providers now; a provider that does not answer leaves what
 * was known. Throws `FORBIDDEN` and `UNKNOWN_CONNECTION`.
 */
export async function checkMuteStates(
  context: Context,
  actor: Actor,
  { accounts }: CheckMutesInput,
): Promise<MuteStatesDto> {
  requirePermission(actor, 'accounts:read')
  return listMuteStates(context, actor, { accounts, fresh: accounts })
}
