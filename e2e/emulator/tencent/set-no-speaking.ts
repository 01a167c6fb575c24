import { currentEnd, endOfWish } from '../ends'
import { Refusal } from '../refusal'
import type { MuteEnd, MuteWish } from '../schemas'
import type { AdmittedCall, Endpoint } from './endpoint'
import { countUnknownFields, isAccountId } from './fields'
import { wishOf } from './mute-time'
import { NO_SPEAKING_ON_UNIMPORTED, WRONG_ALL_GROUPS_TIME, WRONG_ONE_TO_ONE_TIME } from './unconfirmed'

/**
 * v4/openconfigsvr/setnospeaking: sets or lifts the global mutes of one account. 0 lifts, 4294967295 is for ever,
 * anything else is seconds from now; a field that is absent leaves its mute alone.
 */
export const setNoSpeaking: Endpoint = {
  api: 'setnospeaking',
  path: '/v4/openconfigsvr/setnospeaking',
  limitPerSecond: 200,
  dress: 'bare',
  badJsonCode: 130001,
  notAdminCode: 60010,

  prepare(call) {
    countUnknownFields(call, call.body, ['Set_Account', 'C2CmsgNospeakingTime', 'GroupmsgNospeakingTime'])
    const { Set_Account: id, C2CmsgNospeakingTime, GroupmsgNospeakingTime } = call.body
    if (id === undefined) throw new Refusal(130004, 'bad-body', 'Set_Account is missing')
    if (!isAccountId(id)) throw new Refusal(130005, 'bad-account-id', 'Set_Account is invalid')
    if (C2CmsgNospeakingTime === undefined && GroupmsgNospeakingTime === undefined) {
      throw new Refusal(130008, 'bad-body', 'neither time is given')
    }
    const oneToOne =
      C2CmsgNospeakingTime === undefined
        ? undefined
        : wishOf('C2CmsgNospeakingTime', C2CmsgNospeakingTime, WRONG_ONE_TO_ONE_TIME)
    const allGroups =
      GroupmsgNospeakingTime === undefined
        ? undefined
        : wishOf('GroupmsgNospeakingTime', GroupmsgNospeakingTime, WRONG_ALL_GROUPS_TIME)
    return { accounts: [id], apply: () => applyWishes(call, id, oneToOne, allGroups) }
  },
}

function applyWishes(
  call: AdmittedCall,
  id: string,
  oneToOne: MuteWish | undefined,
  allGroups: MuteWish | undefined,
): Record<string, never> {
  const account = call.app.accounts.get(id)
  if (!account) throw new Refusal(NO_SPEAKING_ON_UNIMPORTED.code, null, NO_SPEAKING_ON_UNIMPORTED.info)

  const now = call.clock.mutesNow()
  const changes: { oneToOne?: Change; allGroups?: Change } = {}
  if (oneToOne !== undefined) {
    changes.oneToOne = { before: currentEnd(account.oneToOne, now), after: endOfWish(oneToOne, now) }
    account.oneToOne = changes.oneToOne.after
  }
  if (allGroups !== undefined) {
    changes.allGroups = { before: currentEnd(account.allGroups, now), after: endOfWish(allGroups, now) }
    account.allGroups = changes.allGroups.after
  }
  call.record({ account: id, changes })
  return {}
}

type Change = { before: MuteEnd; after: MuteEnd }
