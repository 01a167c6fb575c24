import { Refusal } from '../refusal'
import type { MuteWish } from '../schemas'
import { OWNER } from './apps'
import type { AdmittedCall, ZegoEndpoint } from './endpoint'
import { groupMuteOf, replaceGroupMute } from './groups'
import { requireDuration, requireGroupId, requireOperator } from './params'
import { requireGroup, requireStanding, type Standing } from './permission'
import { BATCH_TOO_LARGE, MAY_ADMIN_MUTE_EVERYONE, MUTE_OF_NOBODY } from './unconfirmed'

const MAX_ROLES = 20
/** Roles of the customer's own are recommended to be from 100 to 255; the documents forbid no other. */
const HIGHEST_ROLE = 255

type Wish = { everyone: boolean; roles: readonly number[]; muted: MuteWish }

/** MuteGroup: mutes everyone or a list of roles in place of what was, or lifts both. Members' own mutes stay. */
export const muteGroup: ZegoEndpoint = {
  action: 'MuteGroup',
  method: 'GET',
  limitPerSecond: 20,
  overLimitCode: 660300005,
  scalars: ['FromUserId', 'GroupId', 'IsAllMuted', 'Duration'],
  arrays: ['MuteRoleList'],

  prepare(call) {
    const operator = requireOperator(call)
    const groupId = requireGroupId(call.fields)
    const wish = requireWish(call)
    return {
      accounts: [],
      apply() {
        const group = requireGroup(call.app, groupId)
        requirePermission(requireStanding(group, operator), wish)
        const mute = groupMuteOf(wish.everyone ? wish.muted : null, wish.everyone ? null : wish, call.now())
        const changes = replaceGroupMute(group, mute, call.now())
        call.record({ account: null, group: groupId, changes })
        call.tell({ group: groupId, kind: 'group-mute', operator, accounts: [] })
        return {}
      },
    }
  },
}

function requireWish(call: AdmittedCall): Wish {
  const { fields } = call
  const everyone = fields.flag('IsAllMuted') ?? false
  const roles = fields.integers('MuteRoleList', OWNER, HIGHEST_ROLE) ?? []
  if (roles.length > MAX_ROLES) {
    throw new Refusal(BATCH_TOO_LARGE, 'batch-too-large', `${roles.length} roles, at most ${MAX_ROLES}`)
  }
  const muted = requireDuration(call)
  if (muted !== null && !everyone && roles.length === 0) {
    throw new Refusal(MUTE_OF_NOBODY, 'bad-query', 'a time for neither everyone nor any role')
  }
  if (everyone && roles.length > 0)
    call.violate('bad-query', 'MuteRoleList has no meaning beside IsAllMuted=true')
  return { everyone, roles, muted }
}

function requirePermission(standing: Standing, { everyone, roles, muted }: Wish): void {
  if (standing !== 'admin' || muted === null) return
  if (everyone ? MAY_ADMIN_MUTE_EVERYONE : !roles.includes(OWNER)) return
  throw new Refusal(660600032, 'not-permitted', 'an administrator mutes neither everyone nor the owner')
}
