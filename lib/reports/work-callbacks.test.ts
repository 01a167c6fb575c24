import { eq, sql } from 'drizzle-orm'
import { afterEach, expect, test } from 'vitest'
import { auditEvents, callbacks, cases, evidenceMessages, reports } from '@/lib/db/schema'
import type { Callback, CallbackBody } from '@/lib/provider/callback'
import { describeOnBothDatabases } from '@/lib/testing/fresh-db'
import { startIntakeStage } from '@/lib/testing/intake-stage'
import { receiveCallback } from './receive-callback'
import { takeDueEvidence } from './take-evidence'
import { maxCallbackAttempts, workDueCallbacks } from './work-callbacks'

describeOnBothDatabases('a callback of a provider', (freshDb) => {
  let stage: Awaited<ReturnType<typeof start>>
  afterEach(() => stage.world.close())

  async function start() {
    const made = await startIntakeStage(await freshDb())
    const { context, db } = made
    const receive = (event: string, body: CallbackBody, key: string = crypto.randomUUID()) => {
      const callback: Callback = { event, key, body, isAwaited: false, isMessage: false, sentBy: null }
      return receiveCallback(context, 'sg', callback)
    }
    const work = () => workDueCallbacks(context, AbortSignal.timeout(60_000))
    const rested = () =>
      db.update(callbacks).set({ leaseUntil: sql`clock_timestamp() - interval '1 second'` })
    return { ...made, receive, work, rested }
  }

  const found = (from: string) => ({
    From_Account: from,
    ContactItem: { ContactType: 2, ToGroupId: 'party' },
    MsgID: 2,
    CtxcbResult: 1,
    CtxcbLabel: 'Ad',
    CtxcbKeywords: ['coins'],
  })

  test('is kept before any work and once; the same key with another body is a replay', async () => {
    stage = await start()
    const { receive, db } = stage
    expect(await receive('State.StateChange', { a: 1, b: '\ufffd' }, 'k')).toBe('stored')
    expect(await receive('State.StateChange', { b: '\ufffd', a: 1 }, 'k')).toBe('repeated')
    expect(await receive('State.StateChange', { a: 2 }, 'k')).toBe('replayed')
    expect(await db.select().from(callbacks)).toMatchObject([{ event: 'State.StateChange', doneAt: null }])
  })

  test('of the provider’s moderation becomes one report without a reporter, however often it is worked on', async () => {
    stage = await start()
    const { receive, work, rested, db } = stage
    await receive('ContentCallback.ResultNotify', found('lin88'))
    await Promise.all([work(), work()])
    // As after a kill between the report and the note that it is done.
    await db.update(callbacks).set({ doneAt: null })
    await rested()
    await work()
    expect(await db.select().from(reports)).toMatchObject([
      {
        source: 'tencent',
        reporterId: null,
        accusedId: 'lin88',
        messageIds: ['2'],
        category: 'spam',
        text: 'Ad · coins',
      },
    ])
    expect(await db.select().from(cases)).toMatchObject([
      { groupId: 'party', reportCount: 1, reporterCount: 0 },
    ])
    const [event] = await db.select().from(auditEvents).where(eq(auditEvents.type, 'report.filed'))
    expect(event).toMatchObject({ actorId: null, actorName: 'system', data: { source: 'tencent' } })
  })

  test('about a recalled message marks it in the evidence, in its conversation only', async () => {
    stage = await start()
    const { receive, work, file, db, context, world } = stage
    const members = [{ id: 'lin88' }, { id: 'ann' }]
    const messages = ['one', 'two', 'three'].map((text) => ({ from: 'lin88', text, secondsAgo: 5 }))
    await world.addGroups(
      { id: 'party', name: 'Party', members, messages },
      { id: 'other', name: 'Other', members, messages },
    )
    const { caseId } = await file({ messageIds: ['2'] })
    await file({ groupId: 'other', messageIds: ['2'] })
    await takeDueEvidence(context, AbortSignal.timeout(60_000))
    await receive('Group.CallbackAfterRecallMsg', { GroupId: 'party', MsgSeqList: [{ MsgSeq: 2 }] })
    await work()
    const gone = await db.select().from(evidenceMessages).where(sql`${evidenceMessages.goneAt} is not null`)
    expect(gone).toMatchObject([{ caseId, messageId: '2', message: { text: 'two' } }])
  })

  test('that means nothing is kept and done; one that cannot be read is given up after so many tries', async () => {
    stage = await start()
    const { receive, work, rested, db } = stage
    await receive('Sns.CallbackBlackListAdd', { From_Account: 'ann' })
    await receive('ContentCallback.ResultNotify', found('x'.repeat(33)))
    await receive('ContentCallback.ResultNotify', { From_Account: 7 })
    for (let tries = 0; tries < maxCallbackAttempts; tries += 1) {
      await work()
      await rested()
    }
    const rows = await db.select().from(callbacks).orderBy(callbacks.id)
    expect(rows.map(({ doneAt }) => doneAt !== null)).toEqual([true, true, true])
    expect(rows.map(({ failure }) => failure)).toEqual([null, null, 'ZodError'])
    expect(rows[2]?.attempts).toBe(maxCallbackAttempts)
    expect(await db.$count(reports)).toBe(0)
  })
})
