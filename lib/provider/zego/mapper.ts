import type { AccountProfile, GroupInfo, MemberOutcome, Presence, Until } from '../port'
import { secondsUntil } from '../seconds'
import { webAddress } from '../web-address'
import { lookUpCode } from './codes'
import {
  type Envelope,
  foreverSeconds,
  maxFiniteSeconds,
  type QueryGroupInfoAnswer,
  type QueryUserInfosAnswer,
  type QueryUserOnlineStateAnswer,
} from './wire'

/** Absolute end → `Duration` from `now` (epoch ms); see `secondsUntil`. */
export function toDuration(until: Until | null, now: number): number {
  return secondsUntil(until, now, { forever: foreverSeconds, maxFinite: maxFiniteSeconds })
}

/**
 * When the mute of a group ends. UNCONFIRMED what stands there for ever and for none: the client's -1 and 0 are taken.
 * A mute without an end to be read is one whose end nobody knows, and not none.
 */
function toUntil(expireTime: number | undefined, now: number): Until | null {
  if (expireTime === undefined || expireTime === foreverSeconds || expireTime === 0) return 'forever'
  return expireTime > now ? expireTime : null
}

/**
 * The documents say that the two mutes never stand together, so one that is missing is none; their sample shows both:
 * then that of everybody counts.
 */
export function toGroupInfo(answer: QueryGroupInfoAnswer, readAt: number): GroupInfo {
  const until = toUntil(answer.ForbidExpireTime, readAt)
  const mutedRoles = answer.ForbidList ?? []
  const isForRoles = !answer.IsAllForbid && mutedRoles.length > 0 && until !== null
  return {
    groupId: answer.GroupId,
    type: 'zim',
    name: answer.GroupName || null,
    ownerId: null,
    memberCount: null,
    everyone: answer.IsAllForbid ? until : null,
    roles: isForRoles ? { roles: mutedRoles, until } : null,
    readAt,
  }
}

/** What became of each account of a call: the failures are told, and with another `Code` than 0 nothing was done. */
export function toOutcomes(
  userIds: readonly string[],
  { code, failures }: Envelope,
): Map<string, MemberOutcome> {
  const failed = new Map(failures.map(({ UserId, SubCode }) => [UserId, SubCode]))
  return new Map(
    userIds.map((userId) => {
      const providerCode = failed.get(userId) ?? code
      return [userId, providerCode === 0 ? { ok: true } : refusal(providerCode)]
    }),
  )
}

/** Pairs of id and existence; accounts that the provider could not look up for another reason are left out. */
export function toExistence({ Result, failures }: QueryUserInfosAnswer): [string, boolean][] {
  return [
    ...(Result ?? []).map(({ UserId }): [string, boolean] => [UserId, true]),
    ...failures
      .filter(({ SubCode }) => lookUpCode(SubCode).category === 'account')
      .map(({ UserId }): [string, boolean] => [UserId, false]),
  ]
}

/** Pairs of id and profile. */
export function toProfiles({ Result }: QueryUserInfosAnswer): [string, AccountProfile][] {
  return (Result ?? []).map(({ UserId, UserName, UserAvatar }) => [
    UserId,
    { nickname: UserName || null, avatarUrl: webAddress(UserAvatar) },
  ])
}

const presences = new Map<string, Presence>([
  ['Online', 'online'],
  ['Offline', 'offline'],
])

/** Pairs of id and presence. */
export function toPresences({ Result }: QueryUserOnlineStateAnswer): [string, Presence][] {
  return (Result ?? []).flatMap(({ UserId, Status }): [string, Presence][] => {
    const presence = presences.get(Status)
    return presence ? [[UserId, presence]] : []
  })
}

function refusal(providerCode: number): MemberOutcome {
  const { mayHaveApplied, retryable } = lookUpCode(providerCode)
  return { ok: false, providerCode, effect: mayHaveApplied ? 'unknown' : 'none', retryable }
}
