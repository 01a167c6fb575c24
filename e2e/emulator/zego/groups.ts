import { currentEnd, endOfWish } from '../ends'
import type { JournalEntry, MuteEnd, MuteWish, RolesMute } from '../schemas'
import { MEMBER, type ZegoApp, type ZegoGroup, type ZegoMember } from './apps'

type GroupMute = Pick<ZegoGroup, 'everyone' | 'roles'>
type RolesWish = { roles: readonly number[]; muted: MuteWish }

/** The group-level mute that a wish stands for: on everyone, on roles, or none. */
export function groupMuteOf(everyone: MuteWish, roles: RolesWish | null, nowMs: number): GroupMute {
  const isOfRoles = everyone === null && roles !== null && roles.muted !== null
  return {
    everyone: endOfWish(everyone, nowMs),
    roles: isOfRoles
      ? { roles: [...new Set(roles.roles)], until: endOfWish(roles.muted, nowMs) }
      : { roles: [], until: null },
  }
}

/** The mute of roles as it stands now: one that is over is none. */
export function currentRoles({ roles, until }: RolesMute, nowMs: number): RolesMute {
  return currentEnd(until, nowMs) === null ? { roles: [], until: null } : { roles, until }
}

/** Replaces the group-level mute and tells what has changed. */
export function replaceGroupMute(group: ZegoGroup, mute: GroupMute, nowMs: number): JournalEntry['changes'] {
  const changes = {
    everyone: { before: currentEnd(group.everyone, nowMs), after: mute.everyone },
    roles: { before: currentRoles(group.roles, nowMs), after: mute.roles },
  }
  Object.assign(group, mute)
  return changes
}

/** Replaces the mute of one member and tells what has changed. */
export function replaceMemberMute(
  member: ZegoMember,
  after: MuteEnd,
  nowMs: number,
): JournalEntry['changes'] {
  const before = currentEnd(member.muted, nowMs)
  member.muted = after
  return { member: { before, after } }
}

/** Takes a member out of a group; the mute goes with the membership. Tells what has changed. */
export function removeMember(group: ZegoGroup, member: ZegoMember, nowMs: number): JournalEntry['changes'] {
  const before = currentEnd(member.muted, nowMs)
  group.members.delete(member.id)
  return {
    membership: { before: true, after: false },
    ...(before !== null && { member: { before, after: null } }),
  }
}

/** Puts a user into a group. Tells what has changed. */
export function addMember(group: ZegoGroup, id: string, role = MEMBER): JournalEntry['changes'] {
  group.members.set(id, { id, nickname: '', role, muted: null })
  return { membership: { before: false, after: true } }
}

/** The groups that a user is a member of. */
export function groupsOf(app: ZegoApp, userId: string): ZegoGroup[] {
  return [...app.groups.values()].filter(({ members }) => members.has(userId))
}
