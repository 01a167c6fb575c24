import 'server-only'
import type { AccountKey } from '@/lib/accounts/schemas'
import type { Actor } from '@/lib/auth/actor'
import { requirePermission } from '@/lib/auth/require-permission'
import type { Context } from '@/lib/context'
import { failureOf, interactive } from './internal'
import { matrixStates } from './matrix-states'
import { observe } from './observe'
import { placeOf, readPlace } from './place'
import { accountRef } from './rules'
import type { MuteStatesDto } from './schemas'

/** How many accounts' mutes one list asks the providers for; the rest show what is known. */
const freshReads = 100

/**
 * The mute matrices of many accounts for a list, by `accountRef`. Those in `fresh` (at most 100) are read at their
 * providers first; a provider that does not answer leaves what was known. Throws `FORBIDDEN`.
 */
export async function listMuteStates(
  context: Context,
  actor: Actor,
  { accounts, fresh }: { accounts: readonly AccountKey[]; fresh: readonly AccountKey[] },
): Promise<MuteStatesDto> {
  requirePermission(actor, 'accounts:read')
  await Promise.all(fresh.slice(0, freshReads).map((account) => refresh(context, account)))
  const states = await matrixStates(context, accounts)
  return {
    states: Object.fromEntries(accounts.map((account) => [accountRef(account), states(account)])),
    serverNow: context.clock.now(),
  }
}

async function refresh(context: Context, { connection, userId }: AccountKey): Promise<void> {
  const place = placeOf({ connection, userId })
  const reading = await readPlace(context, place, interactive()).catch(failureOf)
  if ('until' in reading) await observe(context.db, place, reading)
}
