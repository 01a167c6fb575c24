import { onTestFinished } from 'vitest'
import type { Db } from '@/lib/db'
import { muteCommands } from '@/lib/db/schema'
import { applyMute } from '@/lib/mutes/apply'
import { muteHistory } from '@/lib/mutes/history'
import { inSeconds } from '@/lib/mutes/internal'
import { readMuteMatrix } from '@/lib/mutes/read-matrix'
import { addActor } from './moderators'
import { roomWish, startMuteWorld } from './mute-world'

export const room = '#room'
export const day = 86_400
/** The mutes that ZEGO does not hold to any end, by the call that sets them: of a member, of everybody. */
export const renewedCalls = ['MuteGroupMembers', 'MuteGroup'] as const

/** A ZEGO group and a moderator who mutes one member of it, or everybody. */
export async function startRenewalStage(db: Db, call: (typeof renewedCalls)[number] = 'MuteGroup') {
  const world = await startMuteWorld(db)
  onTestFinished(() => world.close())
  await world.addRoom(room, 'boss', 'guest')
  const { context } = world
  const { control } = world.emulator
  const actor = await addActor(db)
  const member = call === 'MuteGroupMembers' ? { userId: 'guest' } : {}
  const place = { connection: 'zim', groupId: room, ...member }
  const history = async () => (await muteHistory(context, actor, place)).commands
  return {
    db,
    world,
    context,
    control,
    actor,
    place,
    history,
    mute(days: number) {
      const { userId: _userId, ...wish } = roomWish(room, '')
      const scopes = [call === 'MuteGroup' ? ('everyone' as const) : ('group' as const)]
      const end = { kind: 'duration' as const, seconds: days * day }
      return applyMute(context, actor, { ...wish, ...member, scopes, end })
    },
    async untilAtProvider() {
      const { everyone, members } = await control.zegoGroup(room)
      return call === 'MuteGroup' ? everyone : members.find(({ id }) => id === 'guest')?.until
    },
    state: async () => (await readMuteMatrix(context, actor, place)).states[0],
    outcomes: async () => (await history()).map(({ kind, status }) => `${kind} ${status}`),
    countSent: async () => (await control.journal()).filter(({ source }) => source === 'api').length,
    /** So much time passes that leases have ended and nothing that was sent is on its way any more. */
    expireLeases: () =>
      db.update(muteCommands).set({ leaseUntil: inSeconds(-1), mayArriveUntil: inSeconds(-1) }),
  }
}
