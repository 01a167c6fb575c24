import { afterEach, expect, test } from 'vitest'
import { listAudit } from '@/lib/audit/list'
import { describeOnBothDatabases } from '@/lib/testing/fresh-db'
import { addActor } from '@/lib/testing/moderators'
import { everyoneWish, here, rolesWish, room, startRolesStage } from '@/lib/testing/roles-stage'
import { acceptDrift } from './accept-drift'
import { applyMute } from './apply'
import { reapplyMute } from './reapply'
import type { MuteScope } from './schemas'
import { undoMute } from './undo'

describeOnBothDatabases('mutes of roles that were changed outside', (freshDb) => {
  let stage: Awaited<ReturnType<typeof startRolesStage>>
  const begin = async () => {
    stage = await startRolesStage(await freshDb())
    const { context, actor, control } = stage
    return {
      ...stage,
      accept: (scope: MuteScope, version: number) => acceptDrift(context, actor, { ...here, scope, version }),
      reapply: (scope: MuteScope, basis: object) =>
        reapplyMute(context, actor, { ...here, scope, basis, idempotencyKey: crypto.randomUUID() }),
      elsewhere: (roles: number[]) =>
        control.putZegoGroup({ group: room, roles: { roles, muted: 'forever' } }),
    }
  }
  const forever = { end: { kind: 'forever' } } as const
  afterEach(() => stage.world.close())

  test('another list with the same end is drift: listed, not undone over, accepted or set again', async () => {
    const { context, actor, states, elsewhere, inForce, accept, reapply, held, db } = await begin()
    const command = await applyMute(context, actor, rolesWish([2, 3], forever))
    expect(await inForce('only')).toEqual([])
    await elsewhere([3])
    expect((await states())[1]).toMatchObject({
      drift: 'different_roles',
      until: 'forever',
      ledgerUntil: 'forever',
      roles: [3],
      ledgerRoles: [2, 3],
    })
    expect(await inForce('only')).toMatchObject([
      { scope: 'roles', roles: [3], ledgerRoles: [2, 3], drift: 'different_roles' },
    ])
    const undo = { idempotencyKey: crypto.randomUUID(), commandId: command.id }
    await expect(undoMute(context, actor, undo)).rejects.toMatchObject({ code: 'MUTE_CHANGED' })

    expect(await reapply('roles', { roles: 1 })).toMatchObject({ status: 'applied' })
    expect(await held()).toEqual({ everyone: false, roles: [2, 3] })
    expect((await states())[1]).toMatchObject({ drift: null, roles: [2, 3], version: 2 })

    await elsewhere([101])
    await states()
    await expect(accept('roles', 1)).rejects.toMatchObject({ code: 'MUTE_CHANGED' })
    await accept('roles', 2)
    expect((await states())[1]).toMatchObject({ drift: null, roles: [101], ledgerRoles: [101], version: 3 })
    const { events } = await listAudit(db, await addActor(db, 'lead'), { type: 'mute.drift_accepted' })
    expect(events).toMatchObject([
      { data: { drift: 'different_roles', ledgerRoles: [2, 3], providerRoles: [101] } },
    ])
  })

  test('roles in place of everybody are drift of both, which are decided together', async () => {
    const { context, actor, states, elsewhere, accept, reapply, held } = await begin()
    await applyMute(context, actor, everyoneWish(forever))
    await elsewhere([3])
    const bothDrift = [
      { scope: 'everyone', drift: 'lifted_outside', until: null, ledgerUntil: 'forever' },
      { scope: 'roles', drift: 'set_outside', roles: [3], ledgerUntil: null, ledgerRoles: null },
    ]
    expect(await states()).toMatchObject(bothDrift)
    // Whichever of the two it is asked for: what the ledger has is everybody's.
    expect(await reapply('roles', { everyone: 1, roles: 1 })).toMatchObject({ status: 'applied' })
    expect(await held()).toEqual({ everyone: true, roles: [] })
    expect(await states()).toMatchObject([
      { drift: null, until: 'forever' },
      { drift: null, until: null },
    ])

    await elsewhere([3])
    expect(await states()).toMatchObject(bothDrift)
    await accept('everyone', 2)
    expect(await states()).toMatchObject([
      { drift: null, until: null, version: 3 },
      { drift: null, until: 'forever', roles: [3], ledgerRoles: [3], version: 3 },
    ])
  })
})
