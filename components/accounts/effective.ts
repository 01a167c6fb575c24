import { type Places, placesOf } from '@/components/mutes/state-kind'
import { inForce } from '@/lib/mutes/ends'
import type { AccountGroupDto, AccountGroupsDto } from '@/lib/mutes/joined-schemas'
import type { MuteMatrixDto, MuteStateDto } from '@/lib/mutes/schemas'

/** One mute as far as the answer goes. */
export type KnownMute = Pick<MuteStateDto, 'scope' | 'until' | 'checkedAt' | 'isUntold'>

/** What is known of one user id in one app. */
export type AppMutes = {
  /** the id is known to exist there */
  exists: boolean
  /** of the account everywhere */
  everywhere: readonly KnownMute[]
  /** of the account in groups and topics */
  inGroups: readonly KnownMute[]
  /** the provider told all of it: nothing was cut off, could not be read, or is never told */
  isRead: boolean
}

/** What was read of one app; null: not yet, or it could not be read at all. */
export function appMutesOf(
  exists: boolean,
  matrix: Pick<MuteMatrixDto, 'states' | 'reading'> | null,
  joined: Pick<AccountGroupsDto, 'groups' | 'others' | 'hasMore' | 'failure'> | null,
): AppMutes {
  const places = joined ? [...joined.groups, ...joined.others] : []
  const everywhere = matrix?.states ?? []
  return {
    exists,
    everywhere,
    inGroups: places.map(silencedBy),
    isRead:
      exists &&
      matrix?.reading.status === 'fresh' &&
      everywhere.every(({ isUntold }) => !isUntold) &&
      joined !== null &&
      !joined.failure &&
      !joined.hasMore &&
      places.every(({ isRead }) => isRead),
  }
}

/** What silences an account at one place the longest: its own mute there, everybody's or its role's. It is one place. */
function silencedBy({ state, above }: Pick<AccountGroupDto, 'state' | 'above'>): KnownMute {
  const [longest = state] = [state, ...above]
    .filter(({ until }) => until !== null)
    .sort((a, b) => endOf(b) - endOf(a))
  return { ...state, until: longest.until, checkedAt: longest.checkedAt }
}

const endOf = ({ until }: Pick<KnownMute, 'until'>) =>
  typeof until === 'number' ? until : Number.POSITIVE_INFINITY

/** Where a user id cannot write, over all that is known of it. */
export type Effective = {
  /**
   * the sentence that tells it: no mute, nothing ever read, mutes of the whole account (and perhaps in groups), mutes
   * in groups only, or the number of places
   */
  kind: 'none' | 'unknown' | 'everywhere' | 'groups' | 'places'
  /** which mutes of the whole account hold, for `everywhere` */
  scopes: Places
  /** how many mutes hold in groups and topics */
  inGroups: number
  /** how many mutes hold in all */
  places: number
  /** how many hold in each app, in the order given */
  perApp: number[]
  /** the next end among the mutes that hold, epoch ms; null: none holds, or none of them ends */
  nextEnd: number | null
  /** everything could be read; else there may be more mutes than are known */
  isRead: boolean
}

/**
 * Adds up what is known of one user id at `now` (epoch ms, the server's clock): first the app that is looked at, then
 * the others. What the providers say counts; a mute whose end has passed does not.
 */
export function effectiveOf(apps: readonly AppMutes[], now: number): Effective {
  const holds = ({ until }: KnownMute) => inForce(until, now) !== null
  const perApp = apps.map(({ everywhere, inGroups }) => [...everywhere, ...inGroups].filter(holds))
  const holding = perApp.flat()
  const everywhere = apps.flatMap((app) => app.everywhere).filter(holds)
  const ends = holding.map(({ until }) => until).filter((until) => typeof until === 'number')
  const isAlone = apps.filter(({ exists }, index) => exists || perApp[index]?.length).length <= 1
  function kindOf(): Effective['kind'] {
    if (holding.length === 0) return apps.length > 0 && apps.every(isUnread) ? 'unknown' : 'none'
    if (!isAlone) return 'places'
    if (everywhere.length > 0) return 'everywhere'
    return holding.some(({ scope }) => scope === 'topic') ? 'places' : 'groups'
  }
  return {
    kind: kindOf(),
    scopes: placesOf(everywhere.map(({ scope }) => scope)),
    inGroups: holding.length - everywhere.length,
    places: holding.length,
    perApp: perApp.map(({ length }) => length),
    nextEnd: ends.length > 0 ? Math.min(...ends) : null,
    isRead: apps.every(({ isRead }) => isRead),
  }
}

/** Nobody has ever looked, so that even what was known last is nothing. */
function isUnread({ everywhere }: AppMutes): boolean {
  return everywhere.some(
    ({ until, checkedAt, isUntold }) => until === null && checkedAt === null && !isUntold,
  )
}
