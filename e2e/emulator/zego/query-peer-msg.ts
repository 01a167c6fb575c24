import { peersKey } from './apps'
import type { ZegoEndpoint } from './endpoint'
import { PAGE_PARAMETERS, preparePage } from './messages'
import { requireRegistered, requireUserId } from './params'

/** QueryPeerMsg: the messages between two users. */
export const queryPeerMsg: ZegoEndpoint = {
  action: 'QueryPeerMsg',
  method: 'POST',
  limitPerSecond: 20,
  overLimitCode: 660300005,
  scalars: ['FromUserId', 'ToUserId', ...PAGE_PARAMETERS],
  arrays: [],

  prepare(call) {
    const from = requireRegistered(call, null)
    const to = requireUserId(call.fields, 'ToUserId')
    const takePage = preparePage(call.fields)
    return {
      accounts: [from, to],
      apply: () => takePage(call.app.peerMessages.get(peersKey(from, to)) ?? []),
    }
  },
}
