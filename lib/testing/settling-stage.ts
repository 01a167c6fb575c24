import { eq, sql } from 'drizzle-orm'
import type { Db } from '@/lib/db'
import { muteCommands } from '@/lib/db/schema'
import { databaseNow } from '@/lib/db/schema/columns'
import { requestCommand } from '@/lib/mutes/request'
import { addActor } from './moderators'
import { reason, startMuteWorld } from './mute-world'

/** A moderator, an account and a provider, with what leaves commands open and what lets time pass for them. */
export async function startSettlingStage(db: Db) {
  const world = await startMuteWorld(db)
  const actor = await addActor(db)
  const userId = await world.addAccount()
  const statusOf = async (id: string) => {
    const [row] = await db.select().from(muteCommands).where(eq(muteCommands.id, id))
    return { status: row?.status, failure: row?.failure, isVerified: row?.verifiedAt != null }
  }
  const attemptsOf = async (id: string) => {
    const [row] = await db.select().from(muteCommands).where(eq(muteCommands.id, id))
    return row?.attempts
  }
  /** As a process leaves it that died between the first transaction and the provider's answer. */
  const orphan = async (until = Date.now() + 3_600_000) => {
    const now = Date.now()
    const { id } = await requestCommand(
      db,
      actor,
      {
        kind: 'mute',
        place: { connection: 'sg', userId, groupId: '', topicId: '' },
        idempotencyKey: crypto.randomUUID(),
        inputHash: 'x',
        reason,
        after: { one_to_one: until, all_groups: until },
        basis: {},
      },
      now,
    )
    return id
  }
  const passed = sql`${databaseNow} - interval '1 second'`
  /** So much time passes that leases have ended and nothing that was sent is on its way any more. */
  const expireLeases = () => db.update(muteCommands).set({ leaseUntil: passed, mayArriveUntil: passed })
  return {
    world,
    db,
    actor,
    userId,
    statusOf,
    attemptsOf,
    orphan,
    expireLeases,
    control: world.emulator.control,
  }
}
