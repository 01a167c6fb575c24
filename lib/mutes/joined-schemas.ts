import type { GroupType } from '@/lib/provider/port'
import type { AboveDto } from './above-rules'
import type { MuteFailure, MuteStateDto } from './schemas'

/** The groups that an account is in now, each with its mute there, and its other mutes in groups and topics. */
export type AccountGroupsDto = {
  groups: AccountGroupDto[]
  /** mutes in topics, and in groups that are not among `groups` */
  others: AccountGroupDto[]
  /** there are more groups than are shown */
  hasMore: boolean
  /** how long the provider holds a mute in a group at once, at the least, seconds; null: it has no such mutes */
  maxSeconds: number | null
  /** why the provider could not be asked; then there are no groups here */
  failure: MuteFailure | null
  serverNow: number
}

export type AccountGroupDto = {
  groupId: string
  /** null: the group itself */
  topicId: string | null
  /** null: not told */
  type: GroupType | null
  name: string | null
  /** of the account at this place */
  state: MuteStateDto
  /** what silences it there beside that: everybody's mute, or its role's; what holds everywhere is not repeated */
  above: AboveDto[]
  /** the provider told this time, or there is no such mute in groups of this type; else `state` is what was known last */
  isRead: boolean
}
