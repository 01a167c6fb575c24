import { afterEach, expect, test } from 'vitest'
import { listAudit } from '@/lib/audit/list'
import { bulkMutes, muteStates } from '@/lib/db/schema'
import { applyMute } from '@/lib/mutes/apply'
import { liftMute } from '@/lib/mutes/lift'
import { maxAccountGroups } from '@/lib/mutes/rules'
import { startBulkStage } from '@/lib/testing/bulk-stage'
import { describeOnBothDatabases } from '@/lib/testing/fresh-db'
import { addActor } from '@/lib/testing/moderators'
import { reason, roomWish } from '@/lib/testing/mute-world'
import { retryBulkMute } from './retry'
import { startBulkMute } from './start'
import { undoBulkMute } from './undo'

const hour = 3_600
const zim = 'zim'
type Role = 1 | 2 | 3

describeOnBothDatabases('one account in every group that it is in', (freshDb) => {
  let stage: Awaited<ReturnType<typeof startGroupsStage>>
  afterEach(async () => {
    const { list } = await stage.control.violations()
    expect(list.filter(({ kind }) => kind !== 'not-permitted')).toEqual([])
    await stage.world.close()
  })

  /**
   * `ann` in these groups of the ZEGO app with these roles; in those of `under` the console's own account is a plain
   * member.
   */
  async function startGroupsStage(roles: Record<string, Role>, under: readonly string[] = []) {
    const bulk = await startBulkStage(await freshDb())
    const { control, context } = bulk
    const operator = context.provider(zim).operatorUserId ?? ''
    await control.seed({
      zego: {
        users: [{ id: 'ann', name: 'Ann' }],
        groups: Object.entries(roles).map(([id, role]) => ({
          id,
          name: `Room ${id}`,
          members: [{ id: 'ann', role }, ...(under.includes(id) ? [{ id: operator, role: 3 }] : [])],
        })),
      },
    })
    const everyGroup = { connection: zim, everyGroup: true as const }
    const start = async (bulkId: string) => {
      const { token } = await bulk.look(bulkId)
      await startBulkMute(context, bulk.actor, { bulkId, token: token ?? '' })
      await bulk.work()
      return bulk.look(bulkId)
    }
    const preview = async (wish: Parameters<typeof bulk.create>[1]) => {
      const { id } = await bulk.create(['ann'], wish)
      await bulk.work()
      return id
    }
    /** group → what holds for ann at the provider, in minutes from now, to the nearest five */
    const held = async () => {
      const now = Date.now()
      const ends = Object.keys(roles).map(async (id) => {
        const until =
          (await control.zegoGroup(id)).members.find((member) => member.id === 'ann')?.until ?? null
        return [id, typeof until === 'number' ? 5 * Math.round((until - now) / 300_000) : until] as const
      })
      return Object.fromEntries(await Promise.all(ends))
    }
    const byGroup = async (bulkId: string) =>
      new Map((await bulk.items(bulkId)).map((item) => [item.groupId, item]))
    return { ...bulk, everyGroup, preview, start, held, byGroup, operator }
  }

  test('says for each group what would happen, mutes it in those where that is possible, and gives back what held', async () => {
    stage = await startGroupsStage(
      { '#new': 3, '#longer': 3, '#shorter': 3, '#own': 1, '#admin': 2, '#under': 3, '#later': 3 },
      ['#under'],
    )
    const { context, actor, control, db } = stage
    const mute = (group: string, seconds: number) =>
      applyMute(context, actor, roomWish(group, 'ann', { end: { kind: 'duration', seconds } }))
    await mute('#longer', 48 * hour)
    await mute('#shorter', hour / 6)

    const id = await stage.preview({ kind: 'mute', ...stage.everyGroup })
    expect(await stage.look(id)).toMatchObject({
      userId: 'ann',
      groupId: null,
      scopes: ['group'],
      isPartial: false,
      total: 7,
      doing: 3,
      callsLeft: 3,
      forecasts: {
        mute: 2,
        extend: 1,
        already_longer: 1,
        owner: 1,
        admin: 1,
        operator_not_allowed: 1,
      },
    })
    const previewed = await stage.byGroup(id)
    expect(previewed.get('#own')).toMatchObject({ forecast: 'owner', groupName: 'Room #own', userId: 'ann' })
    expect(previewed.get('#under')).toMatchObject({ forecast: 'operator_not_allowed' })
    expect(await stage.held()).toMatchObject({ '#new': null })

    await control.addFaults({
      kind: 'partial',
      account: 'ann',
      code: 660600033,
      api: 'MuteGroupMembers',
      times: 1,
    })
    const done = await stage.start(id)
    expect(done).toMatchObject({ status: 'done', states: { applied: 2, rejected: 1, skipped: 4 } })
    const before = (await control.journal()).length
    await retryBulkMute(context, actor, { bulkId: id })
    await stage.work()
    expect((await stage.look(id)).states).toMatchObject({ applied: 3, rejected: 0 })
    expect(await control.journal()).toHaveLength(before + 1)
    const muted = { '#new': 60, '#longer': 48 * 60, '#shorter': 60, '#later': 60 }
    const untouched = { '#own': null, '#admin': null, '#under': null }
    expect(await stage.held()).toEqual({ ...muted, ...untouched })
    // One instant for all of them.
    const states = await db.select().from(muteStates)
    expect(states.filter(({ until }) => until === done.until)).toHaveLength(3)
    const admin = await addActor(db, 'admin')
    const told = async (type: 'bulk_mute.created' | 'bulk_mute.started' | 'bulk_mute.retried') =>
      (await listAudit(db, admin, { type })).events
    expect(await told('bulk_mute.created')).toMatchObject([
      { userId: 'ann', data: { accounts: 1, groups: 7 } },
    ])
    expect(await told('bulk_mute.started')).toMatchObject([{ data: { accounts: 1, groups: 3 } }])
    expect(await told('bulk_mute.retried')).toMatchObject([{ data: { accounts: 1, groups: 1 } }])

    // Somebody has the last word in one of them; the one undo is about the others.
    await liftMute(context, actor, {
      idempotencyKey: crypto.randomUUID(),
      connection: zim,
      userId: 'ann',
      groupId: '#later',
      scopes: ['group'],
      basis: { group: 1 },
      reason,
    })
    const undo = await undoBulkMute(context, actor, { bulkId: id, idempotencyKey: crypto.randomUUID() })
    await stage.work()
    expect(await stage.look(undo.id)).toMatchObject({
      userId: 'ann',
      forecasts: { restore: 2, changed_since: 1 },
    })
    expect(await stage.start(undo.id)).toMatchObject({ status: 'done', states: { applied: 2, skipped: 1 } })
    expect(await stage.held()).toEqual({
      '#new': null,
      '#longer': 48 * 60,
      '#shorter': 10,
      '#later': null,
      ...untouched,
    })
    expect((await stage.byGroup(undo.id)).get('#later')).toMatchObject({ skipped: 'changed_since' })
  })

  test('what was changed, or can no longer be done, between preview and sending is one group’s matter', async () => {
    stage = await startGroupsStage({ '#a': 3, '#b': 3, '#c': 3 })
    const { context, actor, control, operator } = stage
    const days40 = { kind: 'duration' as const, seconds: 40 * 24 * hour }
    const id = await stage.preview({ kind: 'mute', ...stage.everyGroup, end: days40 })
    await applyMute(context, actor, roomWish('#a', 'ann'))
    await control.seed({
      zego: {
        groups: [
          {
            id: '#b',
            members: [
              { id: 'ann', role: 3 },
              { id: operator, role: 3 },
            ],
          },
        ],
      },
    })
    expect(await stage.start(id)).toMatchObject({ status: 'done' })
    const items = await stage.byGroup(id)
    expect(items.get('#a')).toMatchObject({ state: 'skipped', skipped: 'changed_since' })
    expect(items.get('#b')).toMatchObject({ state: 'rejected', failure: { providerCode: 660600032 } })
    expect(items.get('#c')).toMatchObject({ state: 'applied' })
    expect(await stage.held()).toMatchObject({ '#a': 60, '#b': null, '#c': 30 * 24 * 60 })
    // Longer than the provider holds it: it is to be renewed.
    const states = await stage.db.select().from(muteStates)
    expect(states.filter(({ heldUntil }) => heldUntil !== null).map(({ groupId }) => groupId)).toEqual(['#c'])
  })

  test('lifts in all of them, also where nobody can tell whether it is muted, and undoes some', async () => {
    stage = await startGroupsStage({ '#a': 3, '#b': 3, '#c': 3, '#own': 1 })
    const { context, actor } = stage
    const outdated = await stage.preview({ kind: 'mute', ...stage.everyGroup })
    for (const group of ['#a', '#b', '#c']) await applyMute(context, actor, roomWish(group, 'ann'))
    await expect(stage.start(outdated)).rejects.toThrow('PREVIEW_CHANGED')
    await stage.control.seed({
      zego: { groups: [{ id: '#elsewhere', members: [{ id: 'ann', role: 3, muted: 900 }] }] },
    })
    const id = await stage.preview({ kind: 'lift', ...stage.everyGroup })
    expect((await stage.look(id)).forecasts).toEqual({ lift: 4, not_muted: 1 })
    expect((await stage.start(id)).states).toMatchObject({ applied: 4, skipped: 1 })
    expect(await stage.held()).toMatchObject({ '#a': null, '#b': null })
    const elsewhere = await stage.control.zegoGroup('#elsewhere')
    expect(elsewhere.members.find(({ id: member }) => member === 'ann')?.until ?? null).toBeNull()
    const key = { bulkId: id, idempotencyKey: crypto.randomUUID() }
    const undo = await undoBulkMute(context, actor, { ...key, groupIds: ['#b'] })
    await stage.work()
    await stage.start(undo.id)
    expect(await stage.held()).toMatchObject({ '#a': null, '#b': 60 })
  })

  test('is refused whole, or said to be incomplete, where its groups cannot be listed to the end', async () => {
    stage = await startGroupsStage({})
    const { db, control } = stage
    const wish = { kind: 'mute' as const, ...stage.everyGroup }
    await expect(stage.create(['ann'], wish)).rejects.toMatchObject({
      code: 'INVALID_INPUT',
      options: { fields: { everyGroup: 'required' } },
    })
    await expect(stage.create(['ann'], wish, await addActor(db, 'support'))).rejects.toThrow('FORBIDDEN')
    const groups = Array.from({ length: maxAccountGroups + 1 }, (_, index) => ({
      id: `#${index}`,
      members: [{ id: 'ann', role: 3 }],
    }))
    await control.seed({ zego: { groups } })
    await control.addFaults({ kind: 'code', api: 'QueryGroupsInfoOfUser', code: 660000002, times: 1 })
    await expect(stage.create(['ann'], wish)).rejects.toThrow('PROVIDER_REFUSED')
    expect(await db.select().from(bulkMutes)).toEqual([])
    expect(await stage.create(['ann'], wish)).toMatchObject({ total: maxAccountGroups, isPartial: true })
  })
})
