import { eq } from 'drizzle-orm'
import { afterEach, expect, test } from 'vitest'
import { muteCommands } from '@/lib/db/schema'
import { describeOnBothDatabases } from '@/lib/testing/fresh-db'
import { addActor } from '@/lib/testing/moderators'
import { type MuteWorld, muteWish, startMuteWorld } from '@/lib/testing/mute-world'
import { applyMute } from './apply'
import { observe } from './observe'
import { placeOf } from './place'
import type { MuteScope, Until } from './schemas'

describeOnBothDatabases('observe', (freshDb) => {
  let world: MuteWorld
  afterEach(() => world.close())

  test('verifies a command only by a reading that confirms each of its scopes', async () => {
    const db = await freshDb()
    world = await startMuteWorld(db)
    const userId = await world.addAccount()
    const { id, changes } = await applyMute(world.context, await addActor(db), muteWish(userId))
    const until = changes[0]?.after ?? null
    await db.update(muteCommands).set({ verifiedAt: null })
    let askedAt = Date.now()
    const verifiedBy = async (reading: Partial<Record<MuteScope, Until | null>>, tookMs = 0) => {
      askedAt += 1_000
      await observe(db, placeOf({ connection: 'sg', userId }), { askedAt, until: reading, tookMs })
      const [command] = await db.select().from(muteCommands).where(eq(muteCommands.id, id))
      return command?.verifiedAt === askedAt
    }
    expect(changes).toHaveLength(2)
    expect(await verifiedBy({ one_to_one: until })).toBe(false)
    expect(await verifiedBy({ one_to_one: until, all_groups: null })).toBe(false)
    // Ends that were counted from an answer that came so late may mean others.
    expect(await verifiedBy({ one_to_one: until, all_groups: until }, 6_000)).toBe(false)
    expect(await verifiedBy({ one_to_one: until, all_groups: until })).toBe(true)
    expect(await verifiedBy({ one_to_one: until, all_groups: until })).toBe(false)
  })
})
