import type { GroupType } from '@/lib/provider/port'
import type { MuteFailure, MuteStateDto } from './schemas'

/** The groups that an account is in now, each with its mute there. */
export type AccountGroupsDto = {
  groups: AccountGroupDto[]
  /** there are more groups than are shown */
  hasMore: boolean
  /** why the provider could not be asked; then there are no groups here */
  failure: MuteFailure | null
  serverNow: number
}

export type AccountGroupDto = {
  groupId: string
  /** null: not told */
  type: GroupType | null
  name: string | null
  /** of the account in the group, by the ledger and what was last read */
  state: MuteStateDto
}
