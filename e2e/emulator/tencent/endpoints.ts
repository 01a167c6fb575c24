import { accountCheck } from './account-check'
import type { Endpoint } from './endpoint'
import { getNoSpeaking } from './get-no-speaking'
import { portraitGet } from './portrait-get'
import { queryOnlineStatus } from './query-online-status'
import { setNoSpeaking } from './set-no-speaking'

/** The provider calls that the emulator answers. */
export const TENCENT_ENDPOINTS: readonly Endpoint[] = [
  setNoSpeaking,
  getNoSpeaking,
  accountCheck,
  portraitGet,
  queryOnlineStatus,
]
