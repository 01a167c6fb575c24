import { afterEach, describe, expect, test } from 'vitest'
import { listAudit } from '@/lib/audit/list'
import { muteCommands } from '@/lib/db/schema'
import { describeOnBothDatabases } from '@/lib/testing/fresh-db'
import { addActor } from '@/lib/testing/moderators'
import { everyoneWish, here, rolesWish, room, startRolesStage } from '@/lib/testing/roles-stage'
import { applyMute } from './apply'
import { exportMutesInForce } from './export-in-force'
import { muteHistory } from './history'
import { inSeconds } from './internal'
import { liftMute } from './lift'
import { settleDueMutes } from './settle-due'
import { undoMute } from './undo'

const key = () => crypto.randomUUID()
const none = { everyone: false, roles: [] }

describeOnBothDatabases('mutes of roles', (freshDb) => {
  let stage: Awaited<ReturnType<typeof startRolesStage>>
  const begin = async () => {
    stage = await startRolesStage(await freshDb())
    return stage
  }
  afterEach(async () => {
    const { list } = await stage.control.violations()
    expect(list.filter(({ kind }) => kind !== 'not-permitted')).toEqual([])
    await stage.world.close()
  })

  test('a list is set, replaced by another with before and after, listed, and given back by an undo', async () => {
    const { context, db, actor, states, basis, held, inForce } = await begin()
    const first = await applyMute(context, actor, rolesWish([3]))
    expect(first).toMatchObject({ status: 'applied', verifiedAt: expect.any(Number) })
    const end = first.changes[1]?.after
    expect(await held()).toEqual({ everyone: false, roles: [3] })

    const second = await applyMute(context, actor, rolesWish([101, 2], { basis: await basis() }))
    expect(second).toMatchObject({ status: 'applied', verifiedAt: expect.any(Number), canUndo: true })
    expect(second.changes).toMatchObject([
      { scope: 'everyone', before: null, after: null },
      { scope: 'roles', beforeRoles: [3], afterRoles: [2, 101] },
    ])
    expect(await held()).toEqual({ everyone: false, roles: [2, 101] })
    expect(await states()).toMatchObject([
      { scope: 'everyone', until: null, drift: null },
      { scope: 'roles', roles: [2, 101], ledgerRoles: [2, 101], drift: null, cause: { id: second.id } },
    ])
    expect(await inForce()).toMatchObject([{ scope: 'roles', groupId: room, userId: '', roles: [2, 101] }])
    expect((await exportMutesInForce(context, actor, {})).csv).toMatch(/zim,roles,.*,2 101,,\r?\n$/)
    const { events } = await listAudit(db, await addActor(db, 'lead'), {
      type: 'mute.requested',
    })
    expect(events[0]).toMatchObject({
      data: { changes: [{}, { scope: 'roles', beforeRoles: [3], afterRoles: [2, 101] }] },
    })

    const undo = await undoMute(context, actor, { idempotencyKey: key(), commandId: second.id })
    expect(undo).toMatchObject({ status: 'applied', verifiedAt: expect.any(Number) })
    expect(await held()).toEqual({ everyone: false, roles: [3] })
    const [, roles] = await states()
    expect(roles).toMatchObject({ roles: [3], drift: null })
    expect(Math.abs(Number(roles?.until) - Number(end))).toBeLessThan(2_000)
    const { commands } = await muteHistory(context, actor, here)
    expect(commands.map(({ kind }) => kind)).toEqual(['undo', 'mute', 'mute'])
  })

  test('roles and everybody replace each other in one call, and either comes back by an undo', async () => {
    const { context, actor, basis, held, sent, states } = await begin()
    await applyMute(context, actor, everyoneWish())
    const roles = await applyMute(context, actor, rolesWish([3], { basis: await basis() }))
    expect(roles.changes).toMatchObject([
      { scope: 'everyone', before: expect.any(Number), after: null },
      { scope: 'roles', before: null, beforeRoles: null, after: expect.any(Number), afterRoles: [3] },
    ])
    expect(await held()).toEqual({ everyone: false, roles: [3] })
    const undo = await undoMute(context, actor, { idempotencyKey: key(), commandId: roles.id })
    expect(await held()).toEqual({ everyone: true, roles: [] })
    await undoMute(context, actor, { idempotencyKey: key(), commandId: undo.id })
    expect(await held()).toEqual({ everyone: false, roles: [3] })
    expect(await states()).toMatchObject([
      { until: null, drift: null },
      { roles: [3], drift: null },
    ])
    const lift = { ...here, idempotencyKey: key(), basis: await basis(), reason: roles.reason }
    await expect(liftMute(context, actor, { ...lift, scopes: ['everyone'] })).rejects.toMatchObject({
      options: { fields: { scopes: 'already_so' } },
    })
    await liftMute(context, actor, { ...lift, scopes: ['roles'] })
    expect(await held()).toEqual(none)
    expect(await sent()).toBe(5)
  })

  test('of two moderators, one for everybody and one for roles, the second is told and nothing is sent for them', async () => {
    const { context, db, actor, held, sent } = await begin()
    const other = await addActor(db)
    const outcomes = await Promise.allSettled([
      applyMute(context, actor, everyoneWish()),
      applyMute(context, other, rolesWish([3])),
    ])
    const lost = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason.code] : []))
    expect(lost).toEqual([expect.stringMatching(/^MUTE_(CHANGED|PENDING)$/)])
    expect(await sent()).toBe(1)
    const late = rolesWish([2], { basis: { everyone: 0, roles: 0 } })
    await expect(applyMute(context, other, late)).rejects.toMatchObject({ code: 'MUTE_CHANGED' })
    expect((await held()).everyone).toBe(outcomes[0]?.status === 'fulfilled')
  })

  test('the same list with the same end is so already, another list with it is not', async () => {
    const { context, actor, basis } = await begin()
    const forever = { kind: 'forever' } as const
    await applyMute(context, actor, rolesWish([2, 3], { end: forever }))
    const again = async (roles: number[]) =>
      applyMute(context, actor, rolesWish(roles, { end: forever, basis: await basis() }))
    await expect(again([3, 2])).rejects.toMatchObject({ options: { fields: { end: 'already_so' } } })
    expect(await again([3])).toMatchObject({ status: 'applied' })
  })

  test.each(['drop-before', 'drop-after'] as const)(
    'an answer that was lost (%s) is settled',
    async (kind) => {
      const { context, actor, control, db, held, states } = await begin()
      await applyMute(context, actor, rolesWish([2], { end: { kind: 'forever' } }))
      await control.addFaults({ kind, api: 'MuteGroup' })
      // With the same end only the list tells whether it arrived.
      const wish = rolesWish([3], { end: { kind: 'forever' }, basis: { everyone: 1, roles: 1 } })
      expect(await applyMute(context, actor, wish)).toMatchObject({ status: 'unknown' })
      await db.update(muteCommands).set({ leaseUntil: inSeconds(-1), mayArriveUntil: inSeconds(-1) })
      expect(await settleDueMutes(context)).toBe(0)
      expect(await held()).toEqual({ everyone: false, roles: [3] })
      expect((await states())[1]).toMatchObject({ roles: [3], drift: null, pending: null, version: 2 })
    },
  )

  describe('are refused before anything is sent or written', () => {
    const nothingDone = async () => {
      expect(await stage.sent()).toBe(0)
      expect(await stage.db.select().from(muteCommands)).toEqual([])
    }

    test('where the provider has none', async () => {
      const { context, actor, world } = await begin()
      await world.addGroups({ id: '@TGS#1night', name: 'Night', owner: 'lin' })
      const wish = rolesWish([3], { connection: 'sg', groupId: '@TGS#1night' })
      await expect(applyMute(context, actor, wish)).rejects.toMatchObject({ code: 'CANNOT_MUTE_HERE' })
      await nothingDone()
    })

    test('when they are the owner’s and the operator is an admin; for others it may', async () => {
      const { context, actor, control } = await begin()
      await control.putZegoGroup({ group: room, members: [{ id: 'moderation', isMember: true, role: 2 }] })
      await expect(applyMute(context, actor, rolesWish([1, 3]))).rejects.toMatchObject({
        code: 'INVALID_INPUT',
        options: { fields: { roles: 'owner_out_of_reach' } },
      })
      await nothingDone()
      expect(await applyMute(context, actor, rolesWish([2, 3]))).toMatchObject({ status: 'applied' })
    })

    test('from those who may not', async () => {
      const { context, db } = await begin()
      const viewer = await addActor(db, 'viewer')
      await expect(applyMute(context, viewer, rolesWish([3]))).rejects.toMatchObject({ code: 'FORBIDDEN' })
      await nothingDone()
    })
  })

  test('an operator above the group mutes its owner’s role; the provider’s refusal of others is kept', async () => {
    const { context, actor, control, held, states } = await begin()
    expect(await applyMute(context, actor, rolesWish([1]))).toMatchObject({ status: 'applied' })
    await control.putZegoGroup({ group: room, members: [{ id: 'moderation', isMember: true, role: 3 }] })
    const basis = { everyone: 1, roles: 1 }
    expect(await applyMute(context, actor, rolesWish([2], { basis }))).toMatchObject({
      status: 'rejected',
      failure: { kind: 'refused', providerCode: 660600032 },
    })
    expect(await held()).toEqual({ everyone: false, roles: [1] })
    expect((await states())[1]).toMatchObject({ roles: [1], version: 1, pending: null, drift: null })
  })
})
