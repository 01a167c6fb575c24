import 'server-only'
import type { Context } from '@/lib/context'
import { errorFields, log } from '@/lib/log'
import { ProviderError } from '@/lib/provider/errors'
import type { CallOptions } from '@/lib/provider/port'
import { patienceMsOfMany } from './internal'
import { observe, observeMembers } from './observe'
import { type MutePlace, placeOf, readPlace } from './place'
import { placeRef } from './read-account-places'

/** The part of whole accounts that is read back after a bulk: reading each would take as long as muting it. */
const verifiedShare = 0.05

/** A reading that is under way. */
export type ReadingBack = {
  /** Notes what it told, once the outcomes are on record: before, it would be older than what it confirms. Never fails. */
  note(): Promise<void>
}

/** Writes down what one call told. */
type Note = () => Promise<void>

/**
 * Asks the provider what holds at places of one connection that were changed: for all members of a group in one call, for a
 * sample of whole accounts. Begins at once and does not throw: what cannot be read or noted now
 * leaves the commands applied and not yet verified.
 */
export function readBackMany(context: Context, places: readonly MutePlace[]): ReadingBack {
  const options = { priority: 'bulk', signal: AbortSignal.timeout(patienceMsOfMany) } as const
  const inGroups = Map.groupBy(
    places.filter(({ groupId }) => groupId !== ''),
    placeRef,
  )
  const sample = places.filter(({ groupId }) => groupId === '' && Math.random() < verifiedShare)
  const reading = Promise.allSettled([
    ...[...inGroups.values()].map((members) => readMembers(context, members, options)),
    ...sample.map((place) => readAccount(context, place, options)),
  ])
  return { note: () => noteAll(reading) }
}

async function readAccount(context: Context, place: MutePlace, options: CallOptions): Promise<Note> {
  const reading = await readPlace(context, place, options)
  return () => observe(context.db, place, reading)
}

async function readMembers(
  context: Context,
  places: readonly MutePlace[],
  options: CallOptions,
): Promise<Note> {
  const [first] = places
  if (!first) return async () => {}
  const { connection, groupId, topicId } = first
  const askedAt = context.clock.now()
  const reading = await context
    .provider(connection)
    .readMemberMutes(topicId === '' ? { groupId } : { groupId, topicId }, options)
  if (!reading) return async () => {}
  const told = new Map(places.map(({ userId }) => [userId, reading.until.get(userId) ?? null]))
  return () => observeMembers(context.db, placeOf({ connection, groupId, topicId }), askedAt, told)
}

async function noteAll(reading: Promise<PromiseSettledResult<Note>[]>): Promise<void> {
  for (const result of await reading) {
    try {
      if (result.status === 'rejected') throw result.reason
      await result.value()
    } catch (error) {
      if (!(error instanceof ProviderError))
        log.error(errorFields(error), 'reading back what a bulk mute did')
    }
  }
}
