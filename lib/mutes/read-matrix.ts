import 'server-only'
import type { Actor } from '@/lib/auth/actor'
import { requirePermission } from '@/lib/auth/require-permission'
import type { Context } from '@/lib/context'
import { AppError } from '@/lib/errors'
import { failureOf, interactive } from './internal'
import { placeStates } from './matrix-states'
import { observe } from './observe'
import { placeOf, readPlace } from './place'
import type { PlaceKey } from './place-schemas'
import type { MuteMatrixDto, MuteStateDto } from './schemas'

/**
 * What holds for one account everywhere, for a member of a group or topic, or for everybody in one: read at the
 * provider now and compared with the ledger. When the provider does not answer, it tells what was known last and why
 * there is nothing newer. Throws `FORBIDDEN`, `UNKNOWN_CONNECTION` and `GROUP_NOT_FOUND`.
 */
export async function readMuteMatrix(
  context: Context,
  actor: Actor,
  input: PlaceKey,
): Promise<MuteMatrixDto> {
  requirePermission(actor, 'accounts:read')
  const place = placeOf(input)
  const reading = await readPlace(context, place, interactive()).catch((error: unknown) => {
    if (error instanceof AppError) throw error
    return failureOf(error)
  })
  if ('until' in reading) await observe(context.db, place, reading)
  const states = await placeStates(context, place)
  const isUntold = ({ scope }: MuteStateDto) => 'until' in reading && reading.until[scope] === undefined
  return {
    connection: place.connection,
    userId: place.userId,
    groupId: place.groupId || null,
    topicId: place.topicId || null,
    states: states.map((state) => (isUntold(state) ? { ...state, isUntold: true } : state)),
    reading: 'until' in reading ? { status: 'fresh' } : { status: 'failed', failure: reading },
    serverNow: context.clock.now(),
  }
}
