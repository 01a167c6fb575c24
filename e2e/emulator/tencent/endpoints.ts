import { accountCheck } from './account-check'
import { adminGetRoamMsg } from './admin-get-roam-msg'
import { deleteGroupMember } from './delete-group-member'
import type { Endpoint } from './endpoint'
import { forbidSendMsg } from './forbid-send-msg'
import { getAppidGroupList } from './get-appid-group-list'
import { getGroupInfo } from './get-group-info'
import { getGroupMemberInfo } from './get-group-member-info'
import { getGroupMutedAccount } from './get-group-muted-account'
import { getJoinedGroupList } from './get-joined-group-list'
import { getNoSpeaking } from './get-no-speaking'
import { getRoleInGroup } from './get-role-in-group'
import { getSpecifiedGroupMemberInfo } from './get-specified-group-member-info'
import { getTopic } from './get-topic'
import { groupMsgGetSimple } from './group-msg-get-simple'
import { modifyGroupBaseInfo } from './modify-group-base-info'
import { modifyTopic } from './modify-topic'
import { portraitGet } from './portrait-get'
import { queryOnlineStatus } from './query-online-status'
import { sendMsg } from './send-msg'
import { setNoSpeaking } from './set-no-speaking'

/** The provider calls that the emulator answers. */
export const TENCENT_ENDPOINTS: readonly Endpoint[] = [
  setNoSpeaking,
  getNoSpeaking,
  accountCheck,
  portraitGet,
  queryOnlineStatus,
  forbidSendMsg,
  getGroupMutedAccount,
  getAppidGroupList,
  getGroupInfo,
  getGroupMemberInfo,
  getSpecifiedGroupMemberInfo,
  getRoleInGroup,
  getJoinedGroupList,
  modifyGroupBaseInfo,
  getTopic,
  modifyTopic,
  deleteGroupMember,
  groupMsgGetSimple,
  adminGetRoamMsg,
  sendMsg,
]
