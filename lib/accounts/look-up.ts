import 'server-only'
import type { Context } from '@/lib/context'
import { ProviderError } from '@/lib/provider/errors'
import type { AccountProfile, CallOptions, Presence } from '@/lib/provider/port'
import { rememberAccounts } from './remember'
import type { ConnectionFailure } from './schemas'

export type LookedUp = {
  connection: string
  userId: string
  exists: boolean
  profile: AccountProfile | null
  presence: Presence | null
}

/**
 * Asks one connection's provider about exact ids, and feeds the directory with what it says. Profiles and presence
 * are extras: without them the accounts still come. Returns the failure instead of throwing when the provider cannot
 * be asked at all.
 */
export async function lookUp(
  context: Context,
  connection: string,
  userIds: readonly string[],
): Promise<{ accounts: LookedUp[]; failure: ConnectionFailure | null }> {
  const provider = context.provider(connection)
  const options: CallOptions = { priority: 'interactive', signal: AbortSignal.timeout(10_000) }
  try {
    // All at once: an id without an account simply has no profile, and asking costs less than waiting.
    const [checked, profiles, presences] = await Promise.all([
      provider.checkAccounts(userIds, options),
      provider.getProfiles(userIds, options).catch(without<AccountProfile>),
      provider.getPresence(userIds, options).catch(without<Presence>),
    ])
    const existing = userIds.filter((id) => checked.get(id))
    await rememberAccounts(
      context.db,
      existing.flatMap((userId) => {
        const profile = profiles.get(userId)
        return profile ? [{ connection, userId, ...profile }] : []
      }),
    )
    const accounts = userIds
      .filter((userId) => checked.has(userId))
      .map((userId) => ({
        connection,
        userId,
        exists: checked.get(userId) === true,
        profile: profiles.get(userId) ?? null,
        presence: presences.get(userId) ?? null,
      }))
    return { accounts, failure: null }
  } catch (error) {
    return { accounts: [], failure: connectionFailure(connection, error) }
  }
}

function without<Value>(error: unknown): Map<string, Value> {
  if (error instanceof ProviderError) return new Map()
  throw error
}

function connectionFailure(connection: string, error: unknown): ConnectionFailure {
  if (!(error instanceof ProviderError)) throw error
  const { providerCode } = error.options
  return { connection, kind: error.kind, ...(providerCode === undefined ? {} : { providerCode }) }
}
