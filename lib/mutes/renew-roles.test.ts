import { expect, it, onTestFinished } from 'vitest'
import { muteCommands } from '@/lib/db/schema'
import { describeOnBothDatabases } from '@/lib/testing/fresh-db'
import { day } from '@/lib/testing/renewal-stage'
import { everyoneWish, here, rolesWish, room, startRolesStage } from '@/lib/testing/roles-stage'
import { applyMute } from './apply'
import { muteHistory } from './history'
import { inSeconds } from './internal'
import { liftMute } from './lift'
import { renewDueMutes } from './renew-due'
import { settleDueMutes } from './settle-due'
import { undoMute } from './undo'

const end = { kind: 'duration', seconds: 70 * day } as const

describeOnBothDatabases('a mute of roles longer than the provider holds one', (freshDb) => {
  const begin = async () => {
    const stage = await startRolesStage(await freshDb())
    onTestFinished(() => stage.world.close())
    const { world, context, actor, control } = stage
    return {
      ...stage,
      renewals: async () => {
        const { commands } = await muteHistory(context, actor, here)
        return commands.filter(({ kind }) => kind === 'renew').map(({ status }) => status)
      },
      elsewhere: (roles: number[], muted: number) =>
        control.putZegoGroup({ group: room, roles: { roles, muted } }),
      passUntilDue: () => world.passTime(29.1 * day),
    }
  }

  it('is renewed with its list, beside a scope that stays as it was, and undone to what it replaced', async () => {
    const { context, actor, states, basis, held, renewals, passUntilDue } = await begin()
    await applyMute(context, actor, everyoneWish({ end }))
    const command = await applyMute(context, actor, rolesWish([2, 3], { end, basis: await basis() }))
    const [, before] = await states()
    expect(before).toMatchObject({ drift: null, roles: [2, 3], renewal: {} })
    await passUntilDue()
    expect(await renewDueMutes(context)).toBe(1)
    expect(await renewDueMutes(context)).toBe(0)
    expect(await renewals()).toEqual(['applied'])
    expect(await held()).toEqual({ everyone: false, roles: [2, 3] })
    const [everyone, roles] = await states()
    expect(everyone).toMatchObject({ until: null, drift: null, version: before?.version })
    expect(everyone).not.toHaveProperty('renewal')
    expect(roles).toMatchObject({
      until: before?.until,
      roles: [2, 3],
      drift: null,
      version: before?.version,
      cause: { id: command.id, verifiedAt: expect.any(Number) },
    })
    expect(Number(roles?.renewal?.heldUntil) - context.clock.now()).toBeGreaterThan(29 * day * 1_000)

    await undoMute(context, actor, { idempotencyKey: crypto.randomUUID(), commandId: command.id })
    expect(await held()).toEqual({ everyone: true, roles: [] })
    expect(await states()).toMatchObject([
      { drift: null, renewal: {} },
      { until: null, drift: null },
    ])
    await liftMute(context, actor, { ...liftWish(), basis: await basis() })
    expect(await states()).toMatchObject([
      { until: null, drift: null },
      { until: null, drift: null },
    ])
  })

  it('of which the list was changed elsewhere is left to a person', async () => {
    const { context, actor, states, held, renewals, elsewhere, passUntilDue } = await begin()
    await applyMute(context, actor, rolesWish([2, 3], { end }))
    await passUntilDue()
    // To the very end that the provider held it to.
    const [, roles] = await states()
    await elsewhere([3], Math.round((Number(roles?.renewal?.heldUntil) - context.clock.now()) / 1_000))
    // The first round finds out.
    expect(await renewDueMutes(context)).toBe(1)
    expect(await renewDueMutes(context)).toBe(0)
    const [, changed] = await states()
    expect(changed).toMatchObject({ drift: 'different_roles', roles: [3], ledgerRoles: [2, 3] })
    expect(changed).not.toHaveProperty('renewal')
    expect([await renewals(), await held()]).toEqual([[], { everyone: false, roles: [3] }])
  })

  it.each([
    ['as it was set', 0],
    ['as it was renewed', 1],
  ])(
    '%s does not hide that everybody was muted elsewhere to the end that it is held to',
    async (_, renewed) => {
      const { context, actor, states, control, passUntilDue } = await begin()
      await applyMute(context, actor, rolesWish([2, 3], { end }))
      if (renewed > 0) await passUntilDue()
      expect(await renewDueMutes(context)).toBe(renewed)
      const [, roles] = await states()
      const seconds = Math.round((Number(roles?.renewal?.heldUntil) - context.clock.now()) / 1_000)
      await control.putZegoGroup({ group: room, everyone: seconds })
      expect(await states()).toMatchObject([
        { scope: 'everyone', until: expect.any(Number), drift: 'set_outside' },
        { scope: 'roles', until: null, drift: 'lifted_outside' },
      ])
    },
  )

  it.each(['drop-before', 'drop-after'] as const)(
    'gives way to one of another list whose answer was lost (%s)',
    async (kind) => {
      const { db, context, actor, control, states, basis, held } = await begin()
      await applyMute(context, actor, rolesWish([2], { end }))
      await control.addFaults({ kind, api: 'MuteGroup' })
      const shorter = { kind: 'duration', seconds: 60 * day } as const
      const wish = rolesWish([3], { end: shorter, basis: await basis() })
      const { id, status } = await applyMute(context, actor, wish)
      expect(status).toBe('unknown')
      await db.update(muteCommands).set({ leaseUntil: inSeconds(-1), mayArriveUntil: inSeconds(-1) })
      expect(await settleDueMutes(context)).toBe(0)
      expect(await held()).toEqual({ everyone: false, roles: [3] })
      expect((await states())[1]).toMatchObject({ roles: [3], drift: null, renewal: {}, cause: { id } })
    },
  )

  it('of everybody that was let go of is not set over one of roles that somebody set elsewhere', async () => {
    const { context, actor, world, held, renewals, elsewhere } = await begin()
    await applyMute(context, actor, everyoneWish({ end }))
    await world.passTime(31 * day)
    await elsewhere([3], day)
    expect(await renewDueMutes(context)).toBe(1)
    expect(await renewDueMutes(context)).toBe(0)
    expect([await renewals(), await held()]).toEqual([[], { everyone: false, roles: [3] }])
  })
})

function liftWish() {
  const { roles: _roles, end: _end, ...wish } = rolesWish([3], { scopes: ['everyone'] })
  return wish
}
