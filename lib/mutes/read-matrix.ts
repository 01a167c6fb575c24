import 'server-only'
import type { AccountKey } from '@/lib/accounts/schemas'
import type { Actor } from '@/lib/auth/actor'
import { requirePermission } from '@/lib/auth/require-permission'
import type { Context } from '@/lib/context'
import { failureOf, interactive } from './internal'
import { matrixStates } from './matrix-states'
import { observe } from './observe'
import { placeOf, readPlace } from './place'
import type { MuteMatrixDto } from './schemas'

/**
 * The mute matrix of one account, read at the provider now and compared with the ledger. When the provider does not
 * answer, the matrix tells what was known last and why there is nothing newer. Throws `FORBIDDEN` and
 * `UNKNOWN_CONNECTION`.
 */
export async function readMuteMatrix(
  context: Context,
  actor: Actor,
  account: AccountKey,
): Promise<MuteMatrixDto> {
  requirePermission(actor, 'accounts:read')
  const { connection, userId } = account
  const place = placeOf({ connection, userId })
  const reading = await readPlace(context, place, interactive()).catch(failureOf)
  if ('until' in reading) await observe(context.db, place, reading)
  const states = await matrixStates(context, [account])
  return {
    connection,
    userId,
    states: states(account),
    reading: 'until' in reading ? { status: 'fresh' } : { status: 'failed', failure: reading },
    serverNow: context.clock.now(),
  }
}
