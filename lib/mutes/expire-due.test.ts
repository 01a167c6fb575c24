import { eq, sql } from 'drizzle-orm'
import { expect, it, onTestFinished } from 'vitest'
import { auditEvents, muteCommands, muteStates } from '@/lib/db/schema'
import { databaseNow } from '@/lib/db/schema/columns'
import { describeOnBothDatabases } from '@/lib/testing/fresh-db'
import { addActor } from '@/lib/testing/moderators'
import { reason, startMuteWorld } from '@/lib/testing/mute-world'
import { aboveOf } from './above-rules'
import { applyMute } from './apply'
import { expireDueMutes } from './expire-due'
import { muteHistory } from './history'
import { liftMute } from './lift'
import { listMutesInForce } from './list-in-force'
import { readMuteMatrix } from './read-matrix'
import type { EndInput } from './schemas'
import { settleDueMutes } from './settle-due'
import { undoMute } from './undo'

const groupId = '@TGS#1night'

describeOnBothDatabases('a mute of everybody with an end, which the provider does not keep', (freshDb) => {
  async function stage() {
    const db = await freshDb()
    const world = await startMuteWorld(db)
    onTestFinished(() => world.close())
    const owner = await world.addAccount()
    const { context } = world
    const { control } = world.emulator
    await control.seed({
      groups: [{ id: groupId, type: 'Public', name: 'Night market', owner, members: [] }],
    })
    const actor = await addActor(db)
    const place = { connection: 'sg', groupId }
    const mute = (end: EndInput) =>
      applyMute(context, actor, {
        idempotencyKey: crypto.randomUUID(),
        ...place,
        scopes: ['everyone'],
        basis: {},
        end,
        reason,
      })
    /** So much time passes that the end has come. */
    const comeToEnd = () => db.update(muteStates).set({ until: sql`${databaseNow} - interval '1 second'` })
    const state = async () => (await readMuteMatrix(context, actor, place)).states[0]
    const isMuted = async () => (await control.group(groupId)).muteAll
    return { db, context, control, actor, place, mute, comeToEnd, state, isMuted }
  }

  it('holds until its end, verified and without drift, and is then lifted once', async () => {
    const { db, context, actor, place, mute, comeToEnd, state, isMuted, control } = await stage()
    const command = await mute({ kind: 'duration', seconds: 3_600 })
    expect(command).toMatchObject({ status: 'applied', verifiedAt: expect.any(Number) })
    expect(await isMuted()).toBe(true)
    expect(await state()).toMatchObject({ until: command.changes[0]?.after, drift: null })
    expect(await expireDueMutes(context)).toBe(0)

    await comeToEnd()
    // Until the provider says otherwise it is ending, not ended.
    expect(await state()).toMatchObject({ until: expect.any(Number), drift: null })
    await Promise.all([expireDueMutes(context), expireDueMutes(context)])
    expect(await isMuted()).toBe(false)
    expect(await expireDueMutes(context)).toBe(0)
    expect(await state()).toMatchObject({ until: null, drift: null, cause: { kind: 'expire' } })

    const { commands } = await muteHistory(context, actor, place)
    const undo = { idempotencyKey: crypto.randomUUID(), commandId: commands[0]?.id ?? '' }
    expect(commands[0]?.canUndo).toBe(false)
    await expect(undoMute(context, actor, undo)).rejects.toMatchObject({ code: 'NOT_UNDOABLE' })
    expect(commands.map(({ kind, status }) => [kind, status])).toEqual([
      ['expire', 'applied'],
      ['mute', 'applied'],
    ])
    const events = await db
      .select()
      .from(auditEvents)
      .where(eq(auditEvents.commandId, commands[0]?.id ?? ''))
      .orderBy(auditEvents.seq)
    expect(events.map(({ type, data }) => [type, data])).toMatchObject([
      ['mute.requested', { kind: 'expire', group: groupId }],
      ['mute.applied', { kind: 'expire', group: groupId }],
    ])
    expect((await control.violations()).list).toEqual([])
  })

  it('that was lifted or replaced by one without end before is left alone', async () => {
    const { context, actor, place, mute, comeToEnd, isMuted } = await stage()
    const { changes } = await mute({ kind: 'duration', seconds: 3_600 })
    expect(changes).toHaveLength(1)
    await liftMute(context, actor, {
      idempotencyKey: crypto.randomUUID(),
      ...place,
      scopes: ['everyone'],
      basis: { everyone: 1 },
      reason,
    })
    expect(await expireDueMutes(context)).toBe(0)
    await applyMute(context, actor, {
      idempotencyKey: crypto.randomUUID(),
      ...place,
      scopes: ['everyone'],
      basis: { everyone: 2 },
      end: { kind: 'forever' },
      reason,
    })
    expect(await expireDueMutes(context)).toBe(0)
    expect(await isMuted()).toBe(true)
    await comeToEnd()
    await expireDueMutes(context)
    expect(await isMuted()).toBe(false)
  })

  it('is lifted by a later round when the provider does not answer at its end', async () => {
    const { db, context, control, mute, comeToEnd, isMuted } = await stage()
    await mute({ kind: 'duration', seconds: 3_600 })
    await comeToEnd()
    await control.addFaults({ kind: 'html', times: 'always' })
    expect(await expireDueMutes(context)).toBe(1)
    expect(await db.select().from(muteCommands)).toHaveLength(1)
    await control.clearFaults()
    await expireDueMutes(context)
    expect(await isMuted()).toBe(false)
  })

  it('is lifted by a later round also after the provider refused it once', async () => {
    const { context, control, mute, comeToEnd, isMuted } = await stage()
    await mute({ kind: 'duration', seconds: 3_600 })
    await comeToEnd()
    await control.addFaults({ kind: 'code', api: 'modify_group_base_info', code: 10007, times: 1 })
    await expireDueMutes(context)
    expect(await isMuted()).toBe(true)
    const later = { ...context, clock: { now: () => context.clock.now() + 120_000 } }
    await expireDueMutes(later)
    expect(await isMuted()).toBe(false)
  })

  it('is not over while the provider refuses to lift it: members are not said to write, and a moderator can try', async () => {
    const { db, context, control, actor, place, mute, state, isMuted } = await stage()
    await mute({ kind: 'duration', seconds: 3_600 })
    await db.update(muteStates).set({ until: sql`${databaseNow} - interval '1 minute'` })
    await control.addFaults({ kind: 'code', api: 'modify_group_base_info', code: 10007, times: 1 })
    await expireDueMutes(context)
    const late = await state()
    if (!late) throw new Error('no state')
    expect(late).toMatchObject({ until: expect.any(Number), drift: null, pending: null })
    const now = context.clock.now()
    expect(aboveOf([late], now)).toMatchObject([{ scope: 'everyone', until: late.until }])
    const inForce = async () => (await listMutesInForce(context, actor, {})).mutes
    expect(await inForce()).toMatchObject([{ groupId, scope: 'everyone', until: late.until, drift: null }])
    expect((await inForce())[0]?.cause).toMatchObject({ actorName: actor.name, reason })
    const lifted = await liftMute(context, actor, {
      idempotencyKey: crypto.randomUUID(),
      ...place,
      scopes: ['everyone'],
      basis: { everyone: late.version },
      reason,
    })
    expect(lifted).toMatchObject({ status: 'applied' })
    expect(await isMuted()).toBe(false)
    expect(aboveOf([(await state()) ?? late], now)).toEqual([])
    expect(await inForce()).toEqual([])
  })

  it('whose lift got no answer is lifted by the settling job', async () => {
    const { db, context, control, mute, comeToEnd, isMuted } = await stage()
    await mute({ kind: 'duration', seconds: 3_600 })
    await comeToEnd()
    await control.addFaults({ kind: 'drop-before', api: 'modify_group_base_info', times: 1 })
    await expireDueMutes(context)
    expect(await isMuted()).toBe(true)
    const passed = sql`${databaseNow} - interval '1 second'`
    await db
      .update(muteCommands)
      .set({ leaseUntil: passed, mayArriveUntil: passed })
      .where(eq(muteCommands.status, 'unknown'))
    await settleDueMutes(context)
    expect(await isMuted()).toBe(false)
  })

  it('of a group that was dissolved meanwhile is forgotten, with a word in the audit, and keeps nothing else waiting', async () => {
    const { db, context, control, mute, comeToEnd } = await stage()
    await mute({ kind: 'duration', seconds: 3_600 })
    await comeToEnd()
    await control.dissolveGroup(groupId)
    expect(await expireDueMutes(context)).toBe(1)
    expect(await expireDueMutes(context)).toBe(0)
    const events = await db.select().from(auditEvents).orderBy(auditEvents.seq)
    expect(events.at(-1)).toMatchObject({
      type: 'mute.drift_accepted',
      actorName: 'system',
      data: { group: groupId },
    })
  })
})
