import 'server-only'
import { and, eq } from 'drizzle-orm'
import type { Context } from '@/lib/context'
import { muteStates } from '@/lib/db/schema'
import { ProviderError } from '@/lib/provider/errors'
import type { CallOptions, Capabilities, GroupPlace } from '@/lib/provider/port'
import { groupWideScopes, readGroupWide, sendGroupWide } from './group-wide'
import type { MuteScope, Until } from './schemas'

/**
 * Whom and where a mute is about, as the ledger keys it: an account everywhere, an account in a group or topic, or
 * (`userId` empty) everybody in a group or topic.
 */
export type MutePlace = { connection: string; userId: string; groupId: string; topicId: string }

/** The place that an input names; what it leaves out is everybody, everywhere, the group itself. */
export function placeOf(input: Pick<MutePlace, 'connection'> & Partial<MutePlace>): MutePlace {
  const { connection, userId = '', groupId = '', topicId = '' } = input
  return { connection, userId, groupId, topicId }
}

/** The ledger's rows of a place. */
export function statesAt({ connection, userId, groupId, topicId }: MutePlace) {
  return and(
    eq(muteStates.connection, connection),
    eq(muteStates.userId, userId),
    eq(muteStates.groupId, groupId),
    eq(muteStates.topicId, topicId),
  )
}

/** Ends by scope, of the place's scopes or some of them. */
export type Ends = {
  until: Partial<Record<MuteScope, Until | null>>
  /** whom a mute of roles names, in the ledger's order; only where there is one */
  roles?: readonly number[]
}

/** What the provider said, and when it was asked (epoch ms, this server's clock). A scope it does not tell is absent. */
export type Reading = Ends & {
  askedAt: number
  /** how long the call took where ends were counted from its answer: they may lie as much earlier, ms */
  tookMs?: number
  /** the provider only knows on and off here: its `forever` agrees with whatever end the ledger has */
  keepsNoEnd?: boolean
}

/** Asks the provider what holds at a place. Throws `ProviderError`, and `GROUP_NOT_FOUND`. */
export async function readPlace(context: Context, place: MutePlace, options: CallOptions): Promise<Reading> {
  const askedAt = context.clock.now()
  const provider = context.provider(place.connection)
  if (place.groupId === '') {
    const { until, tookMs } = await provider.readGlobalMutes(place.userId, options)
    return { askedAt, until, tookMs }
  }
  if (place.userId !== '') {
    const reading = await provider.readMemberMutes(groupPlaceOf(place), options)
    const scope = place.topicId === '' ? 'group' : 'topic'
    return { askedAt, until: reading ? { [scope]: reading.until.get(place.userId) ?? null } : {} }
  }
  const ends = await readGroupWide(context, place, options)
  return { askedAt, ...ends, keepsNoEnd: !keepsEnds(provider.capabilities) }
}

/** Whether the provider ends a mute of everybody by itself. */
export function keepsEnds({ groups }: Pick<Capabilities, 'groups'>): boolean {
  return Object.values(groups).some(({ everyoneMute }) => everyoneMute?.isTimed)
}

/**
 * Sends the ends that scopes of a place shall have, in one call. Throws `ProviderError`, also where the provider refused
 * the one member that the call was about.
 */
export async function sendToPlace(
  context: Context,
  place: MutePlace,
  ends: Ends,
  options: CallOptions,
): Promise<void> {
  const provider = context.provider(place.connection)
  if (place.groupId === '') return provider.setGlobalMutes(place.userId, ends.until, options)
  if (place.userId === '') return sendGroupWide(context, place, ends, options)
  const until = (place.topicId === '' ? ends.until.group : ends.until.topic) ?? null
  const outcomes = await provider.setMemberMutes(groupPlaceOf(place), [place.userId], until, options)
  const outcome = outcomes.get(place.userId)
  if (!outcome) throw new ProviderError(provider.name, 'malformed', { effect: 'unknown', retryable: true })
  if (!outcome.ok) {
    const { effect, retryable, providerCode } = outcome
    throw new ProviderError(provider.name, 'refused', { effect, retryable, providerCode })
  }
}

function groupPlaceOf({ groupId, topicId }: MutePlace): GroupPlace {
  return topicId === '' ? { groupId } : { groupId, topicId }
}

/** The place as columns of the audit: a mute of everybody in a group is about no account. */
export function auditPlace({ connection, userId }: MutePlace): { connection: string; userId?: string } {
  return userId === '' ? { connection } : { connection, userId }
}

/** The group and topic of a place as an audit event's data have them; nothing for a mute that holds everywhere. */
export function groupOf({ groupId, topicId }: MutePlace): { group?: string; topic?: string } {
  return { ...(groupId !== '' && { group: groupId }), ...(topicId !== '' && { topic: topicId }) }
}

/** Whether two mutes of one connection are about the same place. */
export function isSamePlace(a: MutePlace, b: MutePlace): boolean {
  return a.userId === b.userId && a.groupId === b.groupId && a.topicId === b.topicId
}

/** The scopes that a mute at this place can have; none for an account everywhere where the provider has no such mutes. */
export function scopesAt(context: Pick<Context, 'provider'>, place: MutePlace): readonly MuteScope[] {
  const { connection, userId, groupId, topicId } = place
  if (userId === '') return groupWideScopes(context, place)
  if (groupId === '') return context.provider(connection).capabilities.globalScopes
  return topicId === '' ? ['group'] : ['topic']
}
