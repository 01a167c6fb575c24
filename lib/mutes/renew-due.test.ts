import { eq } from 'drizzle-orm'
import { expect, it } from 'vitest'
import { auditEvents, muteChanges, muteCommands } from '@/lib/db/schema'
import { describeOnBothDatabases } from '@/lib/testing/fresh-db'
import { day, renewedCalls, room, startRenewalStage } from '@/lib/testing/renewal-stage'
import { acceptDrift } from './accept-drift'
import { inSeconds } from './internal'
import { renewDueMutes } from './renew-due'
import { settleDueMutes } from './settle-due'
import { undoMute } from './undo'

const inDays = (days: number, from: number) => from + days * day * 1_000

describeOnBothDatabases('a mute longer than the provider holds one', (freshDb) => {
  const stage = async (call?: (typeof renewedCalls)[number]) => startRenewalStage(await freshDb(), call)

  it.each(renewedCalls)(
    'is renewed until its end, once each time, also by two instances and after restarts (%s)',
    async (kind) => {
      const { db, world, context, control, mute, untilAtProvider, state, history, outcomes, countSent } =
        await stage(kind)
      const begun = context.clock.now()
      const command = await mute(70)
      const until = command.changes[0]?.after
      const near = (days: number) => {
        const end = inDays(days, begun)
        return { asymmetricMatch: (value: unknown) => Math.abs(Number(value) - end) < 30_000 }
      }
      expect(until).toEqual(near(70))
      expect(await untilAtProvider()).toEqual(near(30))
      const renewal = { dueAt: near(29), heldUntil: near(30) }
      expect(await state()).toMatchObject({ until, drift: null, renewal, cause: { id: command.id } })
      await world.passTime(28.9 * day)
      expect(await renewDueMutes(context)).toBe(0)

      await world.passTime(0.2 * day)
      await Promise.all([renewDueMutes(world.restarted()), renewDueMutes(world.restarted())])
      expect(await renewDueMutes(context)).toBe(0)
      expect(await untilAtProvider()).toEqual(near(59.1))
      expect(await countSent()).toBe(2)
      expect(await state()).toMatchObject({
        version: 1,
        until,
        drift: null,
        renewal: { dueAt: near(58.1) },
        cause: { id: command.id },
      })

      await world.passTime(29.2 * day)
      expect(await untilAtProvider()).not.toBeNull()
      expect(await renewDueMutes(world.restarted())).toBe(1)
      expect(await untilAtProvider()).toEqual(near(70))
      const last = await state()
      expect(last).toMatchObject({ until, drift: null })
      expect(last).not.toHaveProperty('renewal')
      expect(await outcomes()).toEqual(['renew applied', 'renew applied', 'mute applied'])
      const [renewed] = await history()
      expect(renewed).toMatchObject({
        canUndo: false,
        changes: expect.arrayContaining([expect.objectContaining({ before: near(59.1), after: until })]),
        verifiedAt: kind === 'MuteGroup' ? expect.any(Number) : null,
      })
      const changes = await db
        .select()
        .from(muteChanges)
        .where(eq(muteChanges.commandId, renewed?.id ?? ''))
      expect(changes.map(({ version }) => version)).toEqual(changes.map(() => 1))
      const events = await db
        .select()
        .from(auditEvents)
        .where(eq(auditEvents.commandId, renewed?.id ?? ''))
        .orderBy(auditEvents.seq)
      expect(events.map(({ type, data }) => [type, data])).toMatchObject([
        ['mute.requested', { kind: 'renew', group: room }],
        ['mute.applied', { kind: 'renew', group: room }],
      ])

      await world.passTime(10 * day)
      expect(await renewDueMutes(context)).toBe(0)
      expect(await untilAtProvider()).not.toBeNull()
      await world.passTime(2 * day)
      expect(await untilAtProvider()).toBeNull()
      expect(await state()).toMatchObject({ until: null, drift: null })
      expect((await control.violations()).list).toEqual([])
    },
  )

  it('is undone as if it had not been renewed; the renewal itself cannot be undone', async () => {
    const { world, context, actor, mute, untilAtProvider, state, history } = await stage()
    const command = await mute(70)
    await world.passTime(29.1 * day)
    await renewDueMutes(context)
    const [renewal, first] = await history()
    expect([renewal?.canUndo, first?.canUndo]).toEqual([false, true])
    const undo = (commandId = '') =>
      undoMute(context, actor, { commandId, idempotencyKey: crypto.randomUUID() })
    await expect(undo(renewal?.id)).rejects.toMatchObject({ code: 'NOT_UNDOABLE' })
    expect(await undo(command.id)).toMatchObject({ status: 'applied' })
    expect(await untilAtProvider()).toBeNull()
    expect(await state()).toMatchObject({ until: null, drift: null, cause: { kind: 'undo' } })
    await world.passTime(29.1 * day)
    expect(await renewDueMutes(context)).toBe(0)
  })

  it.each([
    ['MuteGroup', 'drop-before'],
    ['MuteGroup', 'drop-after'],
    ['MuteGroupMembers', 'drop-before'],
  ] as const)('whose renewal by %s got no answer (%s) is settled', async (kind, fault) => {
    const { world, context, control, mute, untilAtProvider, state, outcomes, expireLeases } =
      await stage(kind)
    await mute(70)
    await world.passTime(29.1 * day)
    await control.addFaults({ kind: fault, api: kind })
    await renewDueMutes(context)
    expect(await outcomes()).toEqual(['renew unknown', 'mute applied'])
    // What is not settled is not due.
    expect(await renewDueMutes(context)).toBe(0)
    await expireLeases()
    expect(await settleDueMutes(context)).toBe(0)
    expect(await outcomes()).toEqual(['renew applied', 'mute applied'])
    const now = context.clock.now()
    expect(Number(await untilAtProvider()) - now).toBeGreaterThan(29 * day * 1_000)
    const { renewal, drift } = (await state()) ?? {}
    expect(drift).toBeNull()
    expect(Number(renewal?.heldUntil) - now).toBeGreaterThan(29 * day * 1_000)
  })

  it.each(['drop-before', 'drop-after'] as const)(
    'whose own answer was lost (%s) is settled and renewed',
    async (kind) => {
      const { world, context, control, mute, untilAtProvider, state, outcomes, expireLeases } = await stage()
      await control.addFaults({ kind, api: 'MuteGroup' })
      expect(await mute(70)).toMatchObject({ status: 'unknown' })
      await expireLeases()
      expect(await settleDueMutes(context)).toBe(0)
      expect(await state()).toMatchObject({
        drift: null,
        renewal: {},
        cause: { verifiedAt: expect.any(Number) },
      })
      await world.passTime(29.1 * day)
      expect(await renewDueMutes(context)).toBe(1)
      expect(await outcomes()).toEqual(['renew applied', 'mute applied'])
      expect(Number(await untilAtProvider()) - context.clock.now()).toBeGreaterThan(29 * day * 1_000)
    },
  )

  it.each(renewedCalls)(
    'is renewed by a later round when the provider did not answer or refused, even after it let go (%s)',
    async (kind) => {
      const { db, world, context, control, mute, untilAtProvider, state, outcomes } = await stage(kind)
      await mute(70)
      await world.passTime(29.1 * day)
      await control.addFaults({ kind: 'html', times: 'always' })
      expect(await renewDueMutes(context)).toBe(1)
      await control.clearFaults()
      expect(await outcomes()).toEqual(['mute applied'])
      await control.addFaults({ kind: 'code', api: kind, code: 660600032, times: 1 })
      expect(await renewDueMutes(context)).toBe(1)
      expect(await outcomes()).toEqual(['renew rejected', 'mute applied'])
      // A refusal is not tried again every minute.
      expect(await renewDueMutes(context)).toBe(0)

      await world.passTime(day)
      expect(await untilAtProvider()).toBeNull()
      expect(await state()).toMatchObject({ renewal: {} })
      await db
        .update(muteCommands)
        .set({ requestedAt: inSeconds(-3_600) })
        .where(eq(muteCommands.kind, 'renew'))
      expect(await renewDueMutes(world.restarted())).toBe(1)
      expect(Number(await untilAtProvider()) - context.clock.now()).toBeGreaterThan(29 * day * 1_000)
      expect(await state()).toMatchObject({ drift: null, renewal: {} })
      expect((await outcomes())[0]).toBe('renew applied')
    },
  )

  it.each([
    ['a group that was dissolved', 'MuteGroup'],
    ['a member of a group that was dissolved', 'MuteGroupMembers'],
    ['a member who left', 'MuteGroupMembers'],
  ] as const)('of %s is forgotten, with a word in the audit', async (what, kind) => {
    const { db, world, context, control, mute } = await stage(kind)
    await mute(70)
    await world.passTime(29.1 * day)
    if (what === 'a member who left') {
      await world.context.provider('zim').removeMembers(room, ['guest'], { priority: 'interactive' })
    } else await control.dissolveZegoGroup(room)
    expect(await renewDueMutes(context)).toBe(1)
    expect(await renewDueMutes(context)).toBe(0)
    const events = await db.select().from(auditEvents).orderBy(auditEvents.seq)
    expect(events.at(-1)).toMatchObject({
      type: 'mute.drift_accepted',
      actorName: 'system',
      userId: kind === 'MuteGroup' ? null : 'guest',
      data: { group: room, provider: null },
    })
  })

  it('that somebody changed elsewhere is left to a person', async () => {
    const { world, context, control, actor, place, mute, untilAtProvider, state, outcomes } = await stage()
    await mute(70)
    await world.passTime(29.1 * day)
    await control.putZegoGroup({ group: room, everyone: null })
    expect(await renewDueMutes(context)).toBe(1)
    expect(await renewDueMutes(context)).toBe(0)
    expect(await outcomes()).toEqual(['mute applied'])
    expect(await untilAtProvider()).toBeNull()
    const found = await state()
    expect(found).toMatchObject({ until: null, drift: 'lifted_outside' })
    expect(found).not.toHaveProperty('renewal')

    await control.putZegoGroup({ group: room, everyone: 3 * day })
    expect(await state()).toMatchObject({ drift: 'different_end' })
    await acceptDrift(context, actor, { ...place, scope: 'everyone', version: 1 })
    const accepted = await state()
    expect(accepted).toMatchObject({ until: expect.any(Number), drift: null })
    expect(accepted).not.toHaveProperty('renewal')
  })
})
