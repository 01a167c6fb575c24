import 'server-only'
import type { Actor } from '@/lib/auth/actor'
import { requirePermission } from '@/lib/auth/require-permission'
import type { Context } from '@/lib/context'
import { AppError } from '@/lib/errors'
import { ProviderError } from '@/lib/provider/errors'
import { failureOf, interactive, statesOf } from './internal'
import { placeStates } from './matrix-states'
import { mutesAbove } from './mutes-above'
import { observe, observeMembers } from './observe'
import { type MutePlace, placeOf, type Reading, readPlace } from './place'
import type { PlaceKey } from './place-schemas'
import { requirePossible } from './possible'
import type { MuteMatrixDto, MuteStateDto } from './schemas'

/**
 * What holds for one account everywhere, for a member of a group or topic, or for everybody in one: read at the
 * provider now and compared with the ledger. When the provider does not answer, it tells what was known last and why
 * there is nothing newer. Throws `FORBIDDEN`, `UNKNOWN_CONNECTION`, `GROUP_NOT_FOUND` and `NOT_A_MEMBER`.
 */
export async function readMuteMatrix(
  context: Context,
  actor: Actor,
  input: PlaceKey,
): Promise<MuteMatrixDto> {
  requirePermission(actor, 'accounts:read')
  const place = placeOf(input)
  const isMember = place.groupId !== '' && place.userId !== ''
  const [reading, above] = await Promise.all([
    readPlace(context, place, interactive()).catch((error: unknown) => {
      if (error instanceof AppError) throw error
      return failureOf(error)
    }),
    isMember ? mutesAbove(context, place) : null,
  ])
  if ('until' in reading)
    await (isMember ? noteMember(context, place, reading) : observe(context.db, place, reading))
  const states = (await placeStates(context, place)).map((state) =>
    // Of members who were never muted the ledger says nothing; that the provider was asked counts.
    isMember && 'until' in reading && reading.until[state.scope] !== undefined
      ? { ...state, checkedAt: state.checkedAt ?? reading.askedAt }
      : state,
  )
  const isUntold = ({ scope }: MuteStateDto) => 'until' in reading && reading.until[scope] === undefined
  return {
    connection: place.connection,
    userId: place.userId,
    groupId: place.groupId || null,
    topicId: place.topicId || null,
    states: states.map((state) => (isUntold(state) ? { ...state, isUntold: true } : state)),
    ...(above && { above }),
    reading: 'until' in reading ? { status: 'fresh' } : { status: 'failed', failure: reading },
    serverNow: context.clock.now(),
  }
}

/** Members who are not muted leave no trace, and one of whom nothing is known has to be a member at all. */
async function noteMember(context: Context, place: MutePlace, { askedAt, until }: Reading): Promise<void> {
  const [told] = Object.values(until)
  const isKnown = (told ?? null) !== null || (await statesOf(context.db, place)).size > 0
  if (!isKnown) await requirePossible(context, place, interactive()).catch(unlessNoMember)
  if (told !== undefined) await observeMembers(context.db, place, askedAt, new Map([[place.userId, told]]))
}

/** Whatever else is in the way of a mute there is for the composer to tell. */
function unlessNoMember(error: unknown): void {
  if (error instanceof AppError && (error.code === 'NOT_A_MEMBER' || error.code === 'ACCOUNT_NOT_FOUND'))
    throw error
  if (!(error instanceof AppError) && !(error instanceof ProviderError)) throw error
}
