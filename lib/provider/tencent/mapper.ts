import type { Answered } from '../caller'
import type { AccountProfile, GlobalMuteChange, GlobalMuteReading, Presence, Until } from '../port'
import { secondsUntil } from '../seconds'
import { webAddress } from '../web-address'
import {
  type AccountCheckAnswer,
  foreverSeconds,
  type GetNoSpeakingAnswer,
  type PortraitGetAnswer,
  profileTags,
  type QueryOnlineStatusAnswer,
  type SetNoSpeakingBody,
} from './wire'

/** Longest finite mute: one second less than the number that means "for ever". */
export const maxFiniteSeconds = foreverSeconds - 1

/** Absolute end → seconds from `now` (epoch ms); see `secondsUntil`. */
export function toSeconds(until: Until | null, now: number): number {
  return secondsUntil(until, now, { forever: foreverSeconds, maxFinite: maxFiniteSeconds })
}

/**
 * Remaining seconds → absolute end. UNCONFIRMED by the live service, but shown by the documented pair that sets 7200
 * and reads 7196: the number read is what remains, not what was set.
 */
export function toUntil(remainingSeconds: number, readAt: number): Until | null {
  if (remainingSeconds === foreverSeconds) return 'forever'
  if (remainingSeconds === 0) return null
  return readAt + remainingSeconds * 1000
}

/** The body of a change. A scope that is not named stays out of it: 0 would lift, absent leaves it alone. */
export function toSetNoSpeakingBody(
  userId: string,
  change: GlobalMuteChange,
  now: number,
): SetNoSpeakingBody {
  const body: SetNoSpeakingBody = { Set_Account: userId }
  if (change.one_to_one !== undefined) body.C2CmsgNospeakingTime = toSeconds(change.one_to_one, now)
  if (change.all_groups !== undefined) body.GroupmsgNospeakingTime = toSeconds(change.all_groups, now)
  return body
}

/** An answer to `getnospeaking` as the mutes in force. */
export function toGlobalMuteReading({
  answer,
  answeredAt,
  tookMs,
}: Answered<GetNoSpeakingAnswer>): GlobalMuteReading {
  const until: GlobalMuteReading['until'] = {}
  if (answer.C2CmsgNospeakingTime !== undefined)
    until.one_to_one = toUntil(answer.C2CmsgNospeakingTime, answeredAt)
  if (answer.GroupmsgNospeakingTime !== undefined)
    until.all_groups = toUntil(answer.GroupmsgNospeakingTime, answeredAt)
  return { until, readAt: answeredAt, tookMs }
}

const existence = new Map([
  ['Imported', true],
  ['NotImported', false],
])

/** Pairs of id and existence; accounts that the provider could not check are left out. */
export function toExistence(answer: AccountCheckAnswer): [string, boolean][] {
  return answer.ResultItem.flatMap((item): [string, boolean][] => {
    const exists = item.ResultCode === 0 ? existence.get(item.AccountStatus ?? '') : undefined
    return exists === undefined ? [] : [[item.UserID, exists]]
  })
}

/** Pairs of id and profile; accounts that failed are left out. */
export function toProfiles(answer: PortraitGetAnswer): [string, AccountProfile][] {
  return answer.UserProfileItem.flatMap((item): [string, AccountProfile][] => {
    if (item.ResultCode !== 0) return []
    const values = new Map(item.ProfileItem?.map(({ Tag, Value }) => [Tag, String(Value)]))
    return [
      [
        item.To_Account,
        {
          nickname: values.get(profileTags.nickname) || null,
          avatarUrl: webAddress(values.get(profileTags.avatar)),
        },
      ],
    ]
  })
}

const presences = new Map<string, Presence>([
  ['Online', 'online'],
  ['PushOnline', 'background'],
  ['Offline', 'offline'],
])

/** Pairs of id and presence. The field is `Status` in newer documents and `State` in the sample of older ones. */
export function toPresences(answer: QueryOnlineStatusAnswer): [string, Presence][] {
  return answer.QueryResult.flatMap((item): [string, Presence][] => {
    const presence = presences.get(item.Status ?? item.State ?? '')
    return presence ? [[item.To_Account, presence]] : []
  })
}
