import { safePlain } from '@/components/ui/safe-text'
import type { AccountDto, AccountKey } from '@/lib/accounts/schemas'
import type { GroupViewDto } from '@/lib/groups/schemas'
import type { PlaceKey } from '@/lib/mutes/place-schemas'

/** Whom and where the mutes on a screen are about. */
export type MuteSubject = {
  place: PlaceKey
  connection: AccountDto['connection']
  /** as sentences and buttons call it: an account's id, or a group's name or id where everybody is meant */
  name: string
  /** what a person calls it, beside the name in questions that matter */
  nickname: string | null
  /**
   * how long the provider holds a mute there at once, and whether the provider ends it by itself; absent: to any end,
   * and it does
   */
  limits?: { maxSeconds: number; hasEnds: boolean }
  /** the provider does not tell who is muted there */
  isUntold?: true
}

/** An account everywhere in its connection. */
export function subjectOf({ connection, userId, nickname }: AccountDto): MuteSubject {
  return { place: { connection: connection.key, userId }, connection, name: userId, nickname }
}

/** The account that a place is about everywhere; null: a member, or everybody, in a group. */
export function accountOf({ connection, userId, groupId }: PlaceKey): AccountKey | null {
  return userId !== undefined && groupId === undefined ? { connection, userId } : null
}

/** A member (or, null, everybody) of a group, or of one topic of it. */
export function subjectIn(
  { group, can }: GroupViewDto,
  topic: GroupViewDto['topics'][number] | undefined,
  member: string | null,
): MuteSubject {
  const { connection, groupId } = group
  const where = { connection: connection.key, groupId, ...(topic && { topicId: topic.topicId }) }
  const name = topic ? topic.name || topic.topicId : group.name || groupId
  if (member === null)
    return {
      place: where,
      connection,
      name: safePlain(name, 60),
      nickname: null,
      ...(can?.everyoneMute && {
        limits: { maxSeconds: can.everyoneMute.maxSeconds, hasEnds: can.everyoneMute.isTimed },
      }),
    }
  return {
    place: { ...where, userId: member },
    connection,
    name: member,
    nickname: null,
    ...(can?.memberMute && { limits: { maxSeconds: can.memberMute.maxSeconds, hasEnds: true } }),
    ...(can?.memberMute?.isReadable === false && { isUntold: true }),
  }
}
