import type { AccountDto } from '@/lib/accounts/schemas'
import type { PlaceKey } from '@/lib/mutes/schemas'

/** Whom and where the mutes on a screen are about. */
export type MuteSubject = {
  place: PlaceKey
  connection: AccountDto['connection']
  /** as sentences and buttons call it: an account's id, or a group's name or id where everybody is meant */
  name: string
  /** what a person calls it, beside the name in questions that matter */
  nickname: string | null
  /** false: a mute here has no end at the provider and must be lifted */
  isTimed: boolean
}

/** An account everywhere in its connection. */
export function subjectOf({ connection, userId, nickname }: AccountDto): MuteSubject {
  return { place: { connection: connection.key, userId }, connection, name: userId, nickname, isTimed: true }
}
