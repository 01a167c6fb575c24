import { asc, eq } from 'drizzle-orm'
import { afterEach, expect, test } from 'vitest'
import { addApiKey } from '@/lib/auth/add-api-key'
import { findActorOfKey } from '@/lib/auth/find-actor-of-key'
import { auditEvents, moderators } from '@/lib/db/schema'
import { setApprovalAbove } from '@/lib/settings/set-approval-above'
import { startBulkStage } from '@/lib/testing/bulk-stage'
import { describeOnBothDatabases } from '@/lib/testing/fresh-db'
import { addActor } from '@/lib/testing/moderators'
import { reason } from '@/lib/testing/mute-world'
import { approveBulkMute } from './approve'
import { getBulkMute } from './get'
import { submitBulkMute } from './submit'

describeOnBothDatabases('a run that a program makes', (freshDb) => {
  let stage: Awaited<ReturnType<typeof startKeyStage>>
  afterEach(() => stage.world.close())

  async function startKeyStage() {
    const bulk = await startBulkStage(await freshDb())
    const { db, context } = bulk
    const maker = await addActor(db, 'admin')
    const { secret, prefix } = await addApiKey({ db }, maker, {
      name: 'Raids',
      email: bulk.actor.email,
      scopes: ['bulk-mutes:read', 'bulk-mutes:write'],
    })
    const submit = async (userIds: string[], more: { previewOnly?: boolean; seconds?: number } = {}) => {
      const byKey = await findActorOfKey(db, secret)
      if (!byKey) throw new Error('the key does not open')
      return submitBulkMute(context, byKey, {
        kind: 'mute',
        idempotencyKey: crypto.randomUUID(),
        connection: 'sg',
        userIds,
        scopes: ['one_to_one'],
        end: { kind: 'duration', seconds: more.seconds ?? 3_600 },
        mayShorten: false,
        reason,
        previewOnly: more.previewOnly ?? false,
      })
    }
    const recorded = async () => {
      const rows = await db.select().from(auditEvents).orderBy(asc(auditEvents.seq))
      return rows.filter(({ type }) => /^(bulk_mute|action)\./.test(type))
    }
    const sent = async () => (await bulk.control.journal()).map(({ account }) => account).sort()
    return { ...bulk, maker, prefix, submit, recorded, sent }
  }

  test('starts by itself in its author’s name; with nothing to send it ends at once', async () => {
    stage = await startKeyStage()
    const { actor, prefix } = stage
    const ids = await stage.addAccounts(3)
    const { id } = await stage.submit(ids)
    await stage.work()
    expect(await stage.look(id)).toMatchObject({ status: 'done', states: { applied: 3 } })
    expect(await stage.sent()).toEqual(ids)
    expect(await stage.recorded()).toMatchObject([
      { type: 'bulk_mute.created', actorId: actor.id, data: { apiKey: prefix } },
      { type: 'bulk_mute.previewed', actorId: null },
      { type: 'bulk_mute.started', actorId: actor.id, data: { bulk: id, accounts: 3 } },
      { type: 'bulk_mute.finished' },
    ])

    const { id: shorter } = await stage.submit(ids, { seconds: 600 })
    await stage.work()
    expect(await stage.look(shorter)).toMatchObject({ status: 'done', states: { skipped: 3, applied: 0 } })
    expect(await stage.sent()).toEqual(ids)
  })

  test('waits for a second person above the size, who is not the one who made the key', async () => {
    stage = await startKeyStage()
    const lead = await addActor(stage.db, 'lead')
    await setApprovalAbove(stage.context, lead, { accounts: 1, version: 0 })
    const { id } = await stage.submit(await stage.addAccounts(2))
    await stage.work()
    const { status, token } = await stage.look(id)
    expect([status, await stage.sent()]).toEqual(['awaiting_approval', []])
    const agreed = { bulkId: id, token: token ?? '' }
    const mayApprove = async (asker: typeof lead) =>
      (await getBulkMute(stage.context, asker, { bulkId: id })).mayApprove
    expect([await mayApprove(stage.maker), await mayApprove(lead)]).toEqual([false, true])
    await expect(approveBulkMute(stage.context, stage.maker, agreed)).rejects.toMatchObject({
      code: 'OWN_APPROVAL',
    })
    await approveBulkMute(stage.context, lead, agreed)
    await stage.work()
    expect(await stage.look(id)).toMatchObject({ status: 'done', states: { applied: 2 } })
  })

  test('is only previewed when that is all that is wanted, or when its author may not any more', async () => {
    stage = await startKeyStage()
    const { actor, db } = stage
    const ids = await stage.addAccounts(2)
    const { id: looked } = await stage.submit(ids, { previewOnly: true })
    await stage.work()
    expect(await stage.look(looked)).toMatchObject({ status: 'previewed', forecasts: { mute: 2 } })

    const { id: late } = await stage.submit(ids)
    await db.update(moderators).set({ disabledAt: Date.now() }).where(eq(moderators.id, actor.id))
    await stage.work()
    expect(await stage.look(late)).toMatchObject({ status: 'previewed' })
    expect((await stage.recorded()).at(-1)).toMatchObject({
      type: 'action.refused',
      actorId: actor.id,
      data: { action: 'bulk-mutes.start', code: 'FORBIDDEN' },
    })
    expect(await stage.sent()).toEqual([])
  })
})
