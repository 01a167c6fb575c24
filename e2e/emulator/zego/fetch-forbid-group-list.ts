import { currentEnd } from '../ends'
import type { ZegoGroup } from './apps'
import type { ZegoEndpoint } from './endpoint'
import { currentRoles } from './groups'
import { cursorOf, indexOfCursor } from './paging'
import { requireOperator } from './params'

const PAGE = 10_000

/** The bits of ForbidType. */
const EVERYONE = 1
const ROLES = 2
const MEMBERS = 4

/**
 * FetchForbidGroupList: the groups of the app with a mute of any kind. NextFlag is never 0, only FetchEnd tells the
 * end.
 */
export const fetchForbidGroupList: ZegoEndpoint = {
  action: 'FetchForbidGroupList',
  method: 'POST',
  limitPerSecond: 20,
  overLimitCode: 660300005,
  scalars: ['FromUserId', 'StartFlag'],
  arrays: [],

  prepare(call) {
    requireOperator(call)
    const index = indexOfCursor(call.fields, 'StartFlag')
    if (call.fields.integer('StartFlag', 0, Number.MAX_SAFE_INTEGER) === undefined) {
      throw call.fields.refuse('StartFlag is missing')
    }
    return {
      accounts: [],
      apply() {
        const groups = [...call.app.groups.values()]
          .map((group) => ({ GroupId: group.id, ForbidType: forbidTypeOf(group, call.now()) }))
          .filter(({ ForbidType }) => ForbidType !== 0)
        const page = groups.slice(index, index + PAGE)
        const end = index + page.length
        return { FetchEnd: end < groups.length ? 0 : 1, NextFlag: cursorOf(end), GroupList: page }
      },
    }
  },
}

function forbidTypeOf(group: ZegoGroup, now: number): number {
  const hasMutedMember = [...group.members.values()].some(({ muted }) => currentEnd(muted, now) !== null)
  return (
    (currentEnd(group.everyone, now) !== null ? EVERYONE : 0) |
    (currentRoles(group.roles, now).until !== null ? ROLES : 0) |
    (hasMutedMember ? MEMBERS : 0)
  )
}
