import type { ZegoEndpoint } from './endpoint'
import { fetchForbidGroupList } from './fetch-forbid-group-list'
import { kickoutGroupUser } from './kickout-group-user'
import { muteGroup } from './mute-group'
import { muteGroupMembers } from './mute-group-members'
import { queryAppGroupList } from './query-app-group-list'
import { queryGroupInfo } from './query-group-info'
import { queryGroupMemberList } from './query-group-member-list'
import { queryGroupMsg } from './query-group-msg'
import { queryGroupsInfoOfUser } from './query-groups-info-of-user'
import { queryPeerMsg } from './query-peer-msg'
import { queryUserInfos } from './query-user-infos'
import { queryUserOnlineState } from './query-user-online-state'
import { sendPeerMessage } from './send-peer-message'
import { userRegister } from './user-register'

/** The Actions that the emulator answers. */
export const ZEGO_ENDPOINTS: readonly ZegoEndpoint[] = [
  muteGroup,
  muteGroupMembers,
  queryGroupInfo,
  fetchForbidGroupList,
  queryAppGroupList,
  queryGroupsInfoOfUser,
  queryGroupMemberList,
  queryUserInfos,
  queryUserOnlineState,
  userRegister,
  kickoutGroupUser,
  queryGroupMsg,
  queryPeerMsg,
  sendPeerMessage,
]
