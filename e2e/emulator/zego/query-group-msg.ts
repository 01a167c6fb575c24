import type { ZegoEndpoint } from './endpoint'
import { PAGE_PARAMETERS, preparePage } from './messages'
import { requireGroupId } from './params'
import { requireGroup } from './permission'

/** QueryGroupMsg: the messages of a group, whoever sent them. */
export const queryGroupMsg: ZegoEndpoint = {
  action: 'QueryGroupMsg',
  method: 'POST',
  limitPerSecond: 20,
  overLimitCode: 660300005,
  scalars: ['GroupId', ...PAGE_PARAMETERS],
  arrays: [],

  prepare(call) {
    const groupId = requireGroupId(call.fields)
    const takePage = preparePage(call.fields)
    return {
      accounts: [],
      apply: () => takePage(requireGroup(call.app, groupId).messages),
    }
  },
}
