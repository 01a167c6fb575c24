import type { Db } from '@/lib/db'
import { listMutesInForce } from '@/lib/mutes/list-in-force'
import { readMuteMatrix } from '@/lib/mutes/read-matrix'
import type { ApplyMuteInput } from '@/lib/mutes/schemas'
import { addActor } from './moderators'
import { reason, startMuteWorld } from './mute-world'

export const room = '#room'
export const here = { connection: 'zim', groupId: room }

/** A moderator and a ZEGO group with an owner and two members, and what can be asked of them. */
export async function startRolesStage(db: Db) {
  const world = await startMuteWorld(db)
  await world.addRoom(room, 'boss', 'guest', 'other')
  const { control } = world.emulator
  const actor = await addActor(db)
  const states = async () => (await readMuteMatrix(world.context, actor, here)).states
  return {
    db,
    world,
    context: world.context,
    control,
    actor,
    /** what both scopes show, the provider read anew */
    states,
    /** their versions, as the screen sends them */
    basis: async () => Object.fromEntries((await states()).map(({ scope, version }) => [scope, version])),
    /** what holds at the provider, asked past its API */
    held: async () => {
      const { everyone, roles } = await control.zegoGroup(room)
      return { everyone: everyone !== null, roles: roles.roles }
    },
    /** how often a group's mute was sent */
    sent: async () => (await control.calls()).filter(({ api }) => api === 'MuteGroup').length,
    inForce: async (drift?: 'only') =>
      (await listMutesInForce(world.context, actor, drift ? { drift } : {})).mutes,
  }
}

const hour = { kind: 'duration', seconds: 3_600 } as const

/** A valid wish to mute roles for an hour. */
export function rolesWish(roles: number[], wish: Partial<ApplyMuteInput> = {}): ApplyMuteInput {
  return {
    idempotencyKey: crypto.randomUUID(),
    ...here,
    scopes: ['roles'],
    roles,
    end: hour,
    basis: {},
    reason,
    ...wish,
  }
}

/** A valid wish to mute everybody for an hour. */
export function everyoneWish(wish: Partial<ApplyMuteInput> = {}): ApplyMuteInput {
  const { roles: _roles, ...rest } = rolesWish([], { scopes: ['everyone'], ...wish })
  return rest
}
