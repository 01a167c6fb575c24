import type { Capabilities } from '../port'
import { actions, maxFiniteSeconds, maxIdBytes, maxMessageBytes } from './wire'

/** What ZIM can do: nothing holds in the whole app, and who is muted in a group is not told. */
export const capabilities: Capabilities = {
  globalScopes: [],
  maxMuteSeconds: maxFiniteSeconds,
  canMuteForever: true,
  canReadGlobalMutes: false,
  maxUserIdBytes: maxIdBytes,
  maxGroupIdBytes: maxIdBytes,
  maxMessageBytes,
  groups: {
    zim: {
      memberMute: {
        maxSeconds: maxFiniteSeconds,
        maxMembers: actions.MuteGroupMembers.maxItems,
        isReadable: false,
      },
      everyoneMute: { isTimed: true, maxSeconds: maxFiniteSeconds },
      roleMute: { maxRoles: actions.MuteGroup.maxItems, maxSeconds: maxFiniteSeconds },
      hasTopics: false,
      canListMembers: true,
      removal: { maxMembers: actions.KickoutGroupUser.maxItems },
      hasHistory: true,
    },
  },
}
