import { eq } from 'drizzle-orm'
import { afterEach, expect, test } from 'vitest'
import type { Context } from '@/lib/context'
import { auditEvents } from '@/lib/db/schema'
import { AppError } from '@/lib/errors'
import { describeOnBothDatabases } from '@/lib/testing/fresh-db'
import { addActor } from '@/lib/testing/moderators'
import { type MuteWorld, muteWish } from '@/lib/testing/mute-world'
import { startSettlingStage } from '@/lib/testing/settling-stage'
import { applyMute } from './apply'
import { endStrandedMutes } from './end-stranded'
import { listStrandedMutes } from './list-stranded'
import { readMuteMatrix } from './read-matrix'
import { settleDueMutes } from './settle-due'

describeOnBothDatabases('what a connection leaves behind', (freshDb) => {
  let world: MuteWorld
  afterEach(() => world.close())

  /** A mute whose answer was lost after it took effect, and a console that has the connection no more. */
  async function begin() {
    const stage = await startSettlingStage(await freshDb())
    world = stage.world
    await stage.control.addFaults({ kind: 'drop-after', api: 'setnospeaking' })
    const { id } = await applyMute(world.context, stage.actor, muteWish(stage.userId))
    const without: Context = {
      ...world.context,
      connections: world.context.connections.filter(({ key }) => key !== 'sg'),
      provider(key) {
        if (key === 'sg') throw new AppError('UNKNOWN_CONNECTION')
        return world.context.provider(key)
      },
    }
    return { ...stage, id, without, gone: { connection: 'sg' } }
  }

  test('a person sees it and closes it under their name; the ledger stays, and what took effect is drift', async () => {
    const { db, actor, userId, id, without, gone, statusOf, expireLeases } = await begin()
    await expireLeases()
    expect(await settleDueMutes(without)).toBe(0)
    expect(await listStrandedMutes(without, actor)).toEqual([
      {
        ...gone,
        count: 1,
        commands: [
          expect.objectContaining({ id, kind: 'mute', userId, groupId: null, actorName: actor.name }),
        ],
      },
    ])
    const closer = await addActor(db, 'support')
    expect(await endStrandedMutes(without, closer, gone)).toEqual({ ended: 1, left: 0 })
    expect(await statusOf(id)).toMatchObject({ status: 'rejected', failure: { kind: 'connection_gone' } })
    const events = await db.select().from(auditEvents).where(eq(auditEvents.commandId, id))
    expect(events.map(({ type, actorName }) => [type, actorName]).slice(2)).toEqual([
      ['mute.rejected', closer.name],
    ])
    expect(await listStrandedMutes(without, actor)).toEqual([])
    expect(await endStrandedMutes(without, closer, gone)).toEqual({ ended: 0, left: 0 })
    const { states } = await readMuteMatrix(world.context, actor, { connection: 'sg', userId })
    expect(states.map(({ pending, ledgerUntil, drift }) => ({ pending, ledgerUntil, drift }))).toEqual(
      Array(2).fill({ pending: null, ledgerUntil: null, drift: 'set_outside' }),
    )
  })

  test('what another instance may still be sending is left alone', async () => {
    const { actor, id, without, gone, statusOf } = await begin()
    expect(await endStrandedMutes(without, actor, gone)).toEqual({ ended: 0, left: 1 })
    expect((await statusOf(id)).status).toBe('unknown')
  })

  test('nothing is closed of a connection that there is, nor by those who may only look', async () => {
    const { db, actor, id, without, gone, statusOf, expireLeases } = await begin()
    await expireLeases()
    expect(await listStrandedMutes(world.context, actor)).toEqual([])
    await expect(endStrandedMutes(world.context, actor, gone)).rejects.toMatchObject({ code: 'NOT_FOUND' })
    const viewer = await addActor(db, 'viewer')
    await expect(endStrandedMutes(without, viewer, gone)).rejects.toMatchObject({ code: 'FORBIDDEN' })
    expect((await statusOf(id)).status).toBe('unknown')
  })
})
