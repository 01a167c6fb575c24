import { type Capabilities, type GroupCapabilities, globalScopes } from '../port'
import { maxFiniteSeconds } from './mapper'
import { commands, maxGroupIdBytes, maxMessageBytes, maxUserIdBytes } from './wire'

const memberMute: GroupCapabilities['memberMute'] = {
  maxSeconds: maxFiniteSeconds,
  maxMembers: commands.forbid_send_msg.maxItems,
  isReadable: true,
}
/** What most types can. */
const usual: GroupCapabilities = {
  memberMute,
  // On or off: whoever sets an end must lift it then, so any end will do.
  everyoneMute: { isTimed: false, maxSeconds: maxFiniteSeconds },
  roleMute: null,
  hasTopics: false,
  canListMembers: true,
  removal: { maxMembers: commands.delete_group_member.maxItems },
  hasHistory: true,
}

/** What can be done in each type of group ("Group System", and the pages of the commands). */
export const groupCapabilities: Capabilities['groups'] = {
  // Its page lists the mute of everybody; UNCONFIRMED whether it silences anyone in this type.
  work: { ...usual, memberMute: null },
  public: usual,
  meeting: usual,
  av_chatroom: { ...usual, canListMembers: false, removal: null, hasHistory: false },
  community: { ...usual, hasTopics: true },
  // A legacy type that no page of these commands lists.
  broadcast: {
    ...usual,
    memberMute: null,
    everyoneMute: null,
    canListMembers: false,
    removal: null,
    hasHistory: false,
  },
}

export const capabilities: Capabilities = {
  globalScopes,
  maxMuteSeconds: maxFiniteSeconds,
  canMuteForever: true,
  canReadGlobalMutes: true,
  maxUserIdBytes,
  maxGroupIdBytes,
  maxMessageBytes,
  groups: groupCapabilities,
}
