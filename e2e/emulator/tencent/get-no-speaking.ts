import { Refusal } from '../refusal'
import type { Endpoint } from './endpoint'
import { countUnknownFields, isAccountId } from './fields'
import { secondsLeft } from './mute-time'
import { NO_SPEAKING_ON_UNIMPORTED } from './unconfirmed'

/** v4/openconfigsvr/getnospeaking: the seconds that are left of the two global mutes of one account. */
export const getNoSpeaking: Endpoint = {
  api: 'getnospeaking',
  path: '/v4/openconfigsvr/getnospeaking',
  limitPerSecond: 200,
  dress: 'bare',
  badJsonCode: 130001,
  notAdminCode: 60010,

  prepare(call) {
    countUnknownFields(call, call.body, ['Get_Account'])
    const { Get_Account: id } = call.body
    if (id === undefined) throw new Refusal(130002, 'bad-body', 'Get_Account is missing')
    if (!isAccountId(id)) throw new Refusal(130003, 'bad-account-id', 'Get_Account is invalid')

    return {
      accounts: [id],
      apply() {
        const account = call.app.accounts.get(id)
        if (!account) throw new Refusal(NO_SPEAKING_ON_UNIMPORTED.code, null, NO_SPEAKING_ON_UNIMPORTED.info)
        const now = call.clock.mutesNow()
        return {
          C2CmsgNospeakingTime: secondsLeft(account.oneToOne, now),
          GroupmsgNospeakingTime: secondsLeft(account.allGroups, now),
        }
      },
    }
  },
}
