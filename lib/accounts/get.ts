import 'server-only'
import type { Actor } from '@/lib/auth/actor'
import { requirePermission } from '@/lib/auth/require-permission'
import type { Context } from '@/lib/context'
import { AppError } from '@/lib/errors'
import type { AccountProfile } from '@/lib/provider/port'
import { lookUp } from './look-up'
import { pictureAddress } from './picture-address'
import { recallAccounts } from './recall'
import type { AccountKey, AccountViewDto } from './schemas'

/**
 * One account as its provider knows it now; what the directory remembers where the provider cannot be asked. Throws
 * `FORBIDDEN` and `UNKNOWN_CONNECTION`. An account that does not exist is an answer (`exists: false`), not an error.
 */
export async function getAccount(context: Context, actor: Actor, input: AccountKey): Promise<AccountViewDto> {
  requirePermission(actor, 'accounts:read')
  const connection = context.connections.find(({ key }) => key === input.connection)
  if (!connection) throw new AppError('UNKNOWN_CONNECTION')
  const { accounts: found, failure } = await lookUp(context, input.connection, [input.userId])
  const known = found[0]
  const { nickname, avatarUrl } = known?.profile ?? (await rememberedProfile(context, input))
  const { pictureOrigin } = context.provider(input.connection)
  return {
    account: {
      connection,
      userId: input.userId,
      nickname,
      exists: known?.exists ?? null,
      presence: known?.presence ?? null,
      hasAvatar: pictureAddress(avatarUrl, pictureOrigin) !== null,
    },
    failure,
  }
}

async function rememberedProfile(
  { db }: Context,
  { connection, userId }: AccountKey,
): Promise<AccountProfile> {
  const [row] = await recallAccounts(db, [connection], [userId])
  return row ?? { nickname: null, avatarUrl: null }
}
