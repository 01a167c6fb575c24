import { eq } from 'drizzle-orm'
import { afterEach, expect, test } from 'vitest'
import { bulkMutes, settings } from '@/lib/db/schema'
import { applyMute } from '@/lib/mutes/apply'
import { setApprovalAbove } from '@/lib/settings/set-approval-above'
import { expectOneEndEach } from '@/lib/testing/bulk-ends'
import { startBulkStage } from '@/lib/testing/bulk-stage'
import { withProvider } from '@/lib/testing/bulk-under-way'
import { describeOnBothDatabases } from '@/lib/testing/fresh-db'
import { addActor } from '@/lib/testing/moderators'
import { muteWish } from '@/lib/testing/mute-world'
import { approvalOf } from './approval'
import { approveBulkMute } from './approve'
import { previewDueBulkMutes, retryAfterSeconds } from './preview-due'
import { previewFreshSeconds } from './rules'
import { startBulkMute } from './start'
import { undoBulkMute } from './undo'

describeOnBothDatabases('the preview of a bulk mute', (freshDb) => {
  let stage: Awaited<ReturnType<typeof startBulkStage>>
  afterEach(async () => {
    expect((await stage.control.violations()).list).toEqual([])
    await expectOneEndEach(stage.db)
    await stage.world.close()
  })

  test('tells of every account what will happen, the delicate ones first, and sends nothing', async () => {
    stage = await startBulkStage(await freshDb())
    const [free, short, long, staff] = await stage.addAccounts(
      4,
      (index) =>
        [{}, { oneToOne: 600, allGroups: 600 }, { oneToOne: 90_000, allGroups: 'forever' }, {}][index] ?? {},
    )
    const listed = [{ connection: 'sg', userId: staff }]
    await stage.db
      .insert(settings)
      .values({ key: 'protected-accounts', value: listed, changedBy: stage.actor.id })
    const { id } = await stage.create([free, short, long, 'nobody', staff].map(String))
    await stage.work()
    expect(await stage.look(id)).toMatchObject({
      status: 'previewed',
      forecasts: { mute: 1, extend: 1, already_longer: 1, no_account: 1, protected: 1 },
      approval: null,
      callsLeft: 2,
    })
    const items = await stage.items(id)
    expect(items.map(({ userId, forecast }) => [userId, forecast])).toEqual([
      [staff, 'protected'],
      [free, 'mute'],
      [short, 'extend'],
      [long, 'already_longer'],
      ['nobody', 'no_account'],
    ])
    expect(await stage.control.journal()).toEqual([])
  })

  test('knows who is in a group, who is owner or admin there, and what cannot be', async () => {
    stage = await startBulkStage(await freshDb())
    const group = '@TGS#2RAID'
    await stage.world.addGroups(
      {
        id: group,
        name: 'Raid',
        owner: 'lin',
        members: [{ id: 'ana', role: 'Admin' }, { id: 'bob' }, { id: 'cy', muted: 600 }],
      },
      { id: '@TGS#1WORK', name: 'Work', type: 'Private', owner: 'lin', members: [{ id: 'bob' }] },
      { id: '@TGS#aLIVE', name: 'Live', type: 'AVChatRoom', owner: 'lin' },
    )
    await stage.addAccounts(1)
    const there = await stage.create(['bob', 'lin', 'cy', 'ana', 'acc-0000'], {
      kind: 'mute',
      groupId: group,
    })
    const live = await stage.create(['bob', 'nobody'], { kind: 'mute', groupId: '@TGS#aLIVE' })
    const nowhere = await stage.create(['bob'], { kind: 'mute', groupId: '@TGS#1WORK' })
    const gone = await stage.create(['bob'], { kind: 'mute', groupId: '@TGS#2GONE' })
    await stage.work()
    const items = await stage.items(there.id)
    expect(items.map(({ userId, forecast }) => [userId, forecast])).toEqual([
      ['lin', 'owner'],
      ['ana', 'admin'],
      ['bob', 'mute'],
      ['cy', 'extend'],
      ['acc-0000', 'not_a_member'],
    ])
    expect((await stage.look(live.id)).forecasts).toEqual({ mute: 1, no_account: 1 })
    expect((await stage.look(nowhere.id)).forecasts).toEqual({ cannot_mute_here: 1 })
    expect((await stage.look(gone.id)).forecasts).toEqual({ cannot_mute_here: 1 })
  })

  test('waits for a provider that does not answer, and says so', async () => {
    stage = await startBulkStage(await freshDb())
    const ids = await stage.addAccounts(3)
    await stage.control.addFaults({ kind: 'code', code: 70003, api: 'account_check', times: 'always' })
    const { id } = await stage.create(ids)
    await stage.work(AbortSignal.timeout(300))
    expect(await stage.look(id)).toMatchObject({
      status: 'previewing',
      previewFailure: { kind: 'refused', providerCode: 70003 },
    })
    await stage.control.clearFaults()
    const failures = () => stage.db.select({ failures: bulkMutes.previewFailures }).from(bulkMutes)
    expect(await failures()).toEqual([{ failures: 1 }])
    await stage.db.update(bulkMutes).set({ previewLeaseUntil: null })
    await stage.work()
    expect(await stage.look(id)).toMatchObject({ status: 'previewed', previewFailure: null })
    expect(await failures()).toEqual([{ failures: 0 }])
    const waits = [0, 1, 2, 3, 4, 99].map(retryAfterSeconds)
    expect(waits).toEqual([5, 10, 20, 40, 60, 60])
  })

  test('is not written by a process that comes back when another one is making it', async () => {
    stage = await startBulkStage(await freshDb())
    const { context, db } = stage
    const { id } = await stage.create(await stage.addAccounts(2))
    const late = withProvider(context, (provider) => ({
      async checkAccounts(...asked) {
        const answer = await provider.checkAccounts(...asked)
        await db.update(bulkMutes).set({ previewLeaseUntil: Date.now() + 60_000 })
        return answer
      },
    }))
    await previewDueBulkMutes(late, AbortSignal.timeout(60_000))
    expect(await stage.look(id)).toMatchObject({ status: 'previewing', token: null, forecasts: {} })
    await db.update(bulkMutes).set({ previewLeaseUntil: null })
    await stage.work()
    expect(await stage.look(id)).toMatchObject({ status: 'previewed', forecasts: { mute: 2 } })
  })

  test('is made again when more than a little has changed; a little is skipped and listed', async () => {
    stage = await startBulkStage(await freshDb())
    const { context, actor } = stage
    const ids = await stage.addAccounts(40)
    const { id } = await stage.create(ids)
    await stage.work()
    const { token, until } = await stage.look(id)
    const seen = { bulkId: id, token: String(token) }
    await expect(startBulkMute(context, actor, { ...seen, token: 'f'.repeat(64) })).rejects.toThrow(
      'PREVIEW_CHANGED',
    )
    const end = { kind: 'at', at: Number(until) } as const
    for (const userId of ids.slice(0, 3)) await applyMute(context, actor, muteWish(userId, { end }))
    await expect(startBulkMute(context, actor, seen)).rejects.toThrow('PREVIEW_CHANGED')
    expect(await stage.look(id)).toMatchObject({ status: 'previewing', token: null })
    await stage.work()
    const again = await stage.look(id)
    expect(again).toMatchObject({ status: 'previewed', forecasts: { mute: 37, already_so: 3 } })
    await applyMute(context, actor, muteWish(String(ids[5])))
    await startBulkMute(context, actor, { bulkId: id, token: String(again.token) })
    await stage.work()
    expect((await stage.look(id)).states).toMatchObject({ applied: 36, skipped: 4 })
    const skipped = (await stage.items(id)).filter(({ skipped }) => skipped === 'changed_since')
    expect(skipped.map(({ userId }) => userId)).toEqual([ids[5]])
  })

  test('is made again before it is started when it is old, and for a second person only when something changed', async () => {
    stage = await startBulkStage(await freshDb())
    const { context, db, actor } = stage
    const lead = await addActor(db, 'lead')
    const { id } = await stage.create(await stage.addAccounts(2))
    await stage.work()
    const seen = async () => ({ bulkId: id, token: String((await stage.look(id)).token) })
    const grow = () =>
      db.update(bulkMutes).set({ previewedAt: Date.now() - 1_000 * (previewFreshSeconds + 1) })
    await grow()
    await expect(startBulkMute(context, actor, await seen())).rejects.toThrow('PREVIEW_CHANGED')
    await stage.work()
    await setApprovalAbove(context, lead, { accounts: 1, version: 0 })
    await startBulkMute(context, actor, await seen())
    await grow()
    expect(await approveBulkMute(context, lead, await seen())).toMatchObject({ status: 'running' })
    await stage.work()
  })

  test('an undo needs a second person where it mutes, and none where it lifts', async () => {
    stage = await startBulkStage(await freshDb())
    const { context, actor } = stage
    const lead = await addActor(stage.db, 'lead')
    const muted = await stage.run(await stage.addAccounts(2))
    await setApprovalAbove(context, lead, { accounts: 1, version: 0 })
    const undo = async (bulkId: string) => {
      const { id } = await undoBulkMute(context, actor, { bulkId, idempotencyKey: crypto.randomUUID() })
      await stage.work()
      const { token } = await stage.look(id)
      return startBulkMute(context, actor, { bulkId: id, token: String(token) })
    }
    const lifted = await undo(muted.id)
    expect(lifted).toMatchObject({ status: 'running', approval: null })
    await stage.work()
    const again = await undo(lifted.id)
    expect(again).toMatchObject({ status: 'awaiting_approval', approval: 'size', mayApprove: false })
    expect(approvalOf({ kind: 'undo', until: null }, 'lift', 2, 1)).toBe('size')
  })

  test('a large one or one for ever needs a second person, who is not its author', async () => {
    stage = await startBulkStage(await freshDb())
    const { context, db } = stage
    const [lead, other] = [await addActor(db, 'lead'), await addActor(db, 'moderator')]
    const ids = await stage.addAccounts(101)
    const large = await stage.create(ids, { kind: 'mute' }, lead)
    const forever = await stage.create(ids.slice(0, 2), { kind: 'mute', end: { kind: 'forever' } }, lead)
    await stage.work()
    for (const { id, why } of [
      { id: large.id, why: 'size' },
      { id: forever.id, why: 'forever' },
    ]) {
      const seen = { bulkId: id, token: String((await stage.look(id)).token) }
      await expect(startBulkMute(context, other, seen)).rejects.toThrow('FORBIDDEN')
      expect(await startBulkMute(context, lead, seen)).toMatchObject({
        status: 'awaiting_approval',
        approval: why,
      })
      await expect(approveBulkMute(context, lead, seen)).rejects.toThrow('OWN_APPROVAL')
      await expect(approveBulkMute(context, other, seen)).rejects.toThrow('FORBIDDEN')
    }
    await stage.work()
    expect(await stage.control.journal()).toEqual([])
    const second = await addActor(db, 'lead')
    const seen = { bulkId: forever.id, token: String((await stage.look(forever.id)).token) }
    await approveBulkMute(context, second, seen)
    await stage.work()
    expect(await stage.look(forever.id)).toMatchObject({
      status: 'done',
      approvedBy: second.name,
      states: { applied: 2 },
    })
    const [row] = await db.select().from(bulkMutes).where(eq(bulkMutes.id, large.id))
    expect(row?.status).toBe('awaiting_approval')
  })
})
