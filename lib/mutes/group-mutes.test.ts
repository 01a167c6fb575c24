import { eq } from 'drizzle-orm'
import { afterEach, describe, expect, test } from 'vitest'
import { listAudit } from '@/lib/audit/list'
import { auditEvents, muteCommands, muteStates } from '@/lib/db/schema'
import { rememberGroups } from '@/lib/groups/remember'
import { describeOnBothDatabases } from '@/lib/testing/fresh-db'
import { place, places, placeWish, scopeAt, startGroupMutesStage } from '@/lib/testing/group-mutes-stage'
import { addActor } from '@/lib/testing/moderators'
import { reason } from '@/lib/testing/mute-world'
import { acceptDrift } from './accept-drift'
import { applyMute } from './apply'
import { sameEnd } from './ends'
import { muteHistory } from './history'
import { liftMute } from './lift'
import { readMuteMatrix } from './read-matrix'
import { reapplyMute } from './reapply'
import type { PlaceKey } from './schemas'
import { settleDueMutes } from './settle-due'
import { undoMute } from './undo'

describeOnBothDatabases('mutes in groups', (freshDb) => {
  let stage: Awaited<ReturnType<typeof startGroupMutesStage>>
  afterEach(async () => {
    expect((await stage.control.violations()).list).toEqual([])
    await stage.world.close()
  })

  async function begin(at: PlaceKey) {
    stage = await startGroupMutesStage(await freshDb())
    const { db, world, actor, control } = stage
    const scope = scopeAt(at)
    const matrix = () => readMuteMatrix(world.context, actor, at)
    const state = async () => (await matrix()).states[0]
    const key = () => crypto.randomUUID()
    /** What holds there, asked past the provider's API. */
    const held = async () => {
      const group = await control.group(at.groupId ?? '')
      const where = at.topicId === undefined ? group : group.topics.find(({ id }) => id === at.topicId)
      if (at.userId === undefined) return where?.muteAll ? 'forever' : null
      return where?.members.find(({ id }) => id === at.userId)?.until ?? null
    }
    /** Changes it as another console would. */
    const elsewhere = async (muted: number | 'forever' | null) => {
      const change =
        at.userId === undefined ? { muteAll: muted !== null } : { members: [{ id: at.userId, muted }] }
      const group = at.groupId ?? ''
      await control.putGroup(
        at.topicId === undefined ? { group, ...change } : { group, topics: [{ id: at.topicId, ...change }] },
      )
    }
    const apply = () => applyMute(world.context, actor, placeWish(at))
    return { db, context: world.context, actor, control, scope, matrix, state, held, elsewhere, apply, key }
  }

  describe.each<[string, PlaceKey]>(Object.entries(places))('%s', (_, at) => {
    test('is muted, read back, and lifted', async () => {
      const { context, actor, scope, matrix, state, held, apply, key } = await begin(at)
      expect(await state()).toMatchObject({ scope, version: 0, until: null, drift: null })
      const mute = await apply()
      expect(mute).toMatchObject({
        kind: 'mute',
        status: 'applied',
        userId: at.userId ?? '',
        groupId: at.groupId,
        topicId: at.topicId ?? null,
        verifiedAt: expect.any(Number),
        changes: [{ scope, before: null }],
        canUndo: true,
      })
      const until = mute.changes[0]?.after
      const told = await held()
      expect(sameEnd(told, until ?? null, Date.now())).toBe(true)
      expect(await matrix()).toMatchObject({
        groupId: at.groupId,
        topicId: at.topicId ?? null,
        reading: { status: 'fresh' },
        states: [{ scope, version: 1, until, drift: null, cause: { id: mute.id } }],
      })
      const lift = await liftMute(context, actor, {
        ...at,
        idempotencyKey: key(),
        scopes: [scope],
        basis: { [scope]: 1 },
        reason,
      })
      expect(lift).toMatchObject({ kind: 'lift', status: 'applied', verifiedAt: expect.any(Number) })
      expect(await held()).toBeNull()
      expect(await state()).toMatchObject({ version: 2, until: null, drift: null })
    })

    test('an undo gives back what held before', async () => {
      const { context, actor, scope, state, held, apply, key } = await begin(at)
      const mute = await apply()
      const undone = await undoMute(context, actor, { idempotencyKey: key(), commandId: mute.id })
      expect(undone).toMatchObject({ kind: 'undo', status: 'applied', changes: [{ scope, after: null }] })
      expect(await held()).toBeNull()
      const again = await undoMute(context, actor, { idempotencyKey: key(), commandId: undone.id })
      // The provider told the end in whole seconds.
      expect(sameEnd(again.changes[0]?.after ?? null, mute.changes[0]?.after ?? null, Date.now())).toBe(true)
      expect(await held()).not.toBeNull()
      expect(await state()).toMatchObject({ version: 3, drift: null })
    })

    test('what was set elsewhere is drift, and accepting it makes it the ledger’s', async () => {
      const { db, context, actor, scope, state, elsewhere } = await begin(at)
      await elsewhere('forever')
      expect(await state()).toMatchObject({ drift: 'set_outside', until: 'forever', version: 0 })
      await acceptDrift(context, actor, { ...at, scope, version: 0 })
      expect(await state()).toMatchObject({ drift: null, until: 'forever', version: 1, cause: null })
      const [event] = await db.select().from(auditEvents)
      expect(event).toMatchObject({
        type: 'mute.drift_accepted',
        userId: at.userId ?? null,
        data: {
          group: at.groupId,
          ...(at.topicId !== undefined && { topic: at.topicId }),
          scope,
          drift: 'set_outside',
        },
      })
    })

    test('what was lifted elsewhere is drift, and can be set again', async () => {
      const { context, actor, scope, state, held, elsewhere, apply, key } = await begin(at)
      const mute = await apply()
      await elsewhere(null)
      expect(await state()).toMatchObject({
        drift: 'lifted_outside',
        until: null,
        ledgerUntil: mute.changes[0]?.after,
      })
      const again = await reapplyMute(context, actor, {
        ...at,
        idempotencyKey: key(),
        scope,
        basis: { [scope]: 1 },
      })
      expect(again).toMatchObject({ kind: 'reapply', status: 'applied', reason: mute.reason })
      expect(await held()).not.toBeNull()
      expect(await state()).toMatchObject({ drift: null, until: mute.changes[0]?.after, version: 2 })
    })

    test('an answer that never came is unknown, and reading it back settles it', async () => {
      const { db, context, control, state, apply } = await begin(at)
      await control.addFaults(
        { kind: 'drop-after', api: 'forbid_send_msg' },
        { kind: 'drop-after', api: 'modify_group_base_info' },
        { kind: 'drop-after', api: 'modify_topic' },
      )
      const mute = await apply()
      expect(mute.status).toBe('unknown')
      expect(await state()).toMatchObject({ pending: { id: mute.id, status: 'unknown' } })
      expect(await settleDueMutes(context)).toBe(0)
      const [command] = await db.select().from(muteCommands)
      expect(command).toMatchObject({ status: 'applied', verifiedAt: expect.any(Number) })
      expect(await state()).toMatchObject({ pending: null, drift: null, until: mute.changes[0]?.after })
      expect((await control.journal()).filter(({ source }) => source === 'api')).toHaveLength(1)
    })

    test('the audit says where it was, and about whom', async () => {
      const { db, apply } = await begin(at)
      const { id } = await apply()
      const where = { group: at.groupId, ...(at.topicId !== undefined && { topic: at.topicId }) }
      const { events } = await listAudit(
        db,
        await addActor(db, 'lead'),
        at.userId === undefined ? {} : { userId: at.userId },
      )
      expect(events).toMatchObject([
        { type: 'mute.applied', commandId: id, userId: at.userId ?? null, data: where },
        { type: 'mute.requested', commandId: id, userId: at.userId ?? null, data: where },
      ])
    })
  })

  const member = places['a member of a group']

  test('the mutes of a member, of a topic, of everybody and everywhere do not know of each other', async () => {
    const { db, context, actor, held, apply } = await begin(member)
    await apply()
    for (const at of [
      { connection: 'sg', userId: 'amy' },
      { ...member, userId: 'bob' },
      { connection: 'sg', groupId: place.group },
      { ...member, groupId: place.community },
      { ...member, groupId: place.community, topicId: place.news },
    ])
      expect((await readMuteMatrix(context, actor, at)).states[0]).toMatchObject({ version: 0, until: null })
    expect(await held()).not.toBeNull()
    const rows = await db.select().from(muteStates).where(eq(muteStates.userId, 'amy'))
    expect(rows.filter(({ until }) => until !== null)).toMatchObject([{ groupId: place.group }])
  })

  test('in a live room, whose members cannot be listed, a mute holds all the same', async () => {
    const at = { ...member, groupId: place.live }
    const { apply, state, held } = await begin(at)
    expect(await apply()).toMatchObject({ status: 'applied', verifiedAt: expect.any(Number) })
    expect(await held()).not.toBeNull()
    expect(await state()).toMatchObject({ drift: null, version: 1 })
  })

  test('two moderators about one place: the second is told who was first', async () => {
    const { db, context, apply } = await begin(member)
    await apply()
    const other = await addActor(db, 'lead')
    await expect(applyMute(context, other, placeWish(member))).rejects.toMatchObject({
      code: 'MUTE_CHANGED',
      options: { details: { by: 'The moderator' } },
    })
  })

  test('a provider that cannot be read leaves what was known; a group that is gone is told', async () => {
    const { control, matrix, apply } = await begin(member)
    const mute = await apply()
    await control.addFaults({ kind: 'code', code: 60010, api: 'get_group_muted_account' })
    expect(await matrix()).toMatchObject({
      reading: { status: 'failed', failure: { kind: 'refused', providerCode: 60010 } },
      states: [{ until: mute.changes[0]?.after, drift: null }],
    })
  })

  test('the history of an account has its groups, that of a place only itself', async () => {
    const { db, context, actor, apply } = await begin(member)
    const inGroup = await apply()
    const inTopic = await applyMute(context, actor, placeWish(places['a member in a topic']))
    const everybody = await applyMute(context, actor, placeWish(places['everybody in a group']))
    const idsOf = async (at: PlaceKey) =>
      (await muteHistory(context, actor, at)).commands.map(({ id, canUndo }) => ({ id, canUndo }))
    const line = ({ id }: { id: string }) => ({ id, canUndo: true })
    expect(await idsOf({ connection: 'sg', userId: 'amy' })).toEqual([line(inTopic), line(inGroup)])
    const { groupNames } = await muteHistory(context, actor, { connection: 'sg', userId: 'amy' })
    expect(groupNames).toEqual({})
    await rememberGroups(db, [
      { connection: 'sg', groupId: place.group, name: 'Open' },
      { connection: 'sg', groupId: place.community, name: null },
      { connection: 'beta', groupId: place.community, name: 'Another app’s' },
    ])
    const named = await muteHistory(context, actor, { connection: 'sg', userId: 'amy' })
    expect(named.groupNames).toEqual({ [place.group]: 'Open' })
    expect(await idsOf(member)).toEqual([line(inGroup)])
    expect(await idsOf(places['a member in a topic'])).toEqual([line(inTopic)])
    expect(await idsOf(places['everybody in a group'])).toEqual([line(everybody)])
    expect(await idsOf({ ...member, userId: 'bob' })).toEqual([])
  })
})
