import 'server-only'
import type { Context } from '@/lib/context'
import { ProviderError } from '@/lib/provider/errors'
import type { AccountProfile, CallOptions } from '@/lib/provider/port'
import { recallAccounts } from './recall'
import { rememberAccounts } from './remember'

/** How many names that the directory lacks are asked for in one go. */
const askedAtOnce = 100

/**
 * What accounts of one connection call themselves: from the directory, and for up to 100 that it lacks from the
 * provider, which feeds the directory. An account whose name cannot be told is missing.
 */
export async function nicknamesOf(
  context: Context,
  connection: string,
  userIds: readonly string[],
): Promise<Map<string, string>> {
  const known = await recallAccounts(context.db, [connection], userIds)
  const isKnown = new Set(known.map(({ userId }) => userId))
  const lacking = userIds.filter((userId) => !isKnown.has(userId)).slice(0, askedAtOnce)
  const options = { priority: 'interactive', signal: AbortSignal.timeout(5_000) } as const
  const profiles = await askProfiles(context, connection, lacking, options)
  const told = [...profiles].map(([userId, profile]) => ({ connection, userId, ...profile }))
  await rememberAccounts(context.db, told)
  return new Map(
    [...known, ...told].flatMap(({ userId, nickname }) => (nickname ? [[userId, nickname]] : [])),
  )
}

/** Asks the provider for all names that the directory lacks, and puts them there; without an answer they stay unknown. */
export async function learnNicknames(
  context: Context,
  connection: string,
  userIds: readonly string[],
  options: CallOptions,
): Promise<void> {
  const known = await recallAccounts(context.db, [connection], userIds)
  const isKnown = new Set(known.map(({ userId }) => userId))
  const lacking = userIds.filter((userId) => !isKnown.has(userId))
  const profiles = await askProfiles(context, connection, lacking, options)
  await rememberAccounts(
    context.db,
    [...profiles].map(([userId, profile]) => ({ connection, userId, ...profile })),
  )
}

async function askProfiles(
  context: Context,
  connection: string,
  userIds: readonly string[],
  options: CallOptions,
): Promise<Map<string, AccountProfile>> {
  if (userIds.length === 0) return new Map()
  try {
    return await context.provider(connection).getProfiles(userIds, options)
  } catch (error) {
    // Names are an extra: the list comes without them.
    if (error instanceof ProviderError) return new Map()
    throw error
  }
}
