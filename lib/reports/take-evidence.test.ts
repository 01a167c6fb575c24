import { asc, eq, inArray, sql } from 'drizzle-orm'
import { afterEach, expect, test } from 'vitest'
import { auditEvents, evidenceMessages, reports } from '@/lib/db/schema'
import { describeOnBothDatabases } from '@/lib/testing/fresh-db'
import { intoCase, startIntakeStage } from '@/lib/testing/intake-stage'
import { claimEvidence, type EvidenceClaim } from './evidence-claim'
import { fileReport } from './file'
import { findEvidence } from './find-evidence'
import { type Found, hashOfMessage, keepEvidence } from './keep-evidence'
import { recheckEvidence } from './recheck-evidence'
import { maxAttempts, takeDueEvidence } from './take-evidence'

const talk = (count: number) =>
  Array.from({ length: count }, (_, index) => ({
    from: index % 2 ? 'lin88' : 'ann',
    text: `message ${index + 1}`,
    secondsAgo: (count - index) * 10,
  }))
const members = [{ id: 'lin88' }, { id: 'ann' }]

describeOnBothDatabases('the evidence of a case', (freshDb) => {
  let stage: Awaited<ReturnType<typeof start>>
  afterEach(() => stage.world.close())

  async function start() {
    const made = await startIntakeStage(await freshDb())
    const { db, context, world } = made
    await world.addGroups(
      { id: 'party', name: 'Party', members, messages: talk(100) },
      { id: 'live', name: 'Live', type: 'AVChatRoom', members },
    )
    const take = () => takeDueEvidence(context, AbortSignal.timeout(60_000))
    const rested = () =>
      db.update(reports).set({ evidenceLeaseUntil: sql`clock_timestamp() - interval '1 second'` })
    const found = async (id: string) => {
      const [row] = await db.select().from(reports).where(eq(reports.id, id))
      return [row?.evidence, row?.evidenceWhy]
    }
    const kept = async (caseId: string) =>
      db
        .select()
        .from(evidenceMessages)
        .where(eq(evidenceMessages.caseId, caseId))
        .orderBy(asc(evidenceMessages.sentAt), asc(evidenceMessages.seq))
    return { ...made, take, rested, found, kept }
  }

  test('is the named messages with ten before and after, of a group and of two people, at both providers', async () => {
    stage = await start()
    const { file, take, found, kept, control, world } = stage
    await control.seed({
      peerMessages: talk(40).map((it) => ({ ...it, to: it.from === 'ann' ? 'lin88' : 'ann' })),
    })
    await world.addRoom('#room', 'ann', 'lin88')
    await control.seed({
      zego: {
        users: members,
        groups: [{ id: '#room', members: [{ id: 'ann', role: 1 }, { id: 'lin88' }], messages: talk(30) }],
        peerMessages: talk(30).map((it) => ({ ...it, to: it.from === 'ann' ? 'lin88' : 'ann' })),
      },
    })
    const { groupId: _, ...nowhere } = stage.wish()
    const group = await file({ messageIds: ['30'] })
    const another = await file({ messageIds: ['35', '100'], reporterId: 'bob' })
    const room = await file({ connection: 'zim', groupId: '#room', messageIds: ['15'] })
    await take()
    const messages = await kept(group.caseId)
    expect(messages.map(({ seq }) => Number(seq))).toEqual([
      ...Array.from({ length: 26 }, (_, index) => 20 + index),
      ...Array.from({ length: 11 }, (_, index) => 90 + index),
    ])
    expect(messages.filter(({ isReported }) => isReported).map(({ seq }) => seq)).toEqual(['30', '35', '100'])
    for (const { message, hash } of messages) expect(hashOfMessage(message)).toBe(hash)
    expect([await found(group.id), await found(another.id), await found(room.id)]).toEqual([
      ['taken', null],
      ['taken', null],
      ['taken', null],
    ])
    expect(await kept(room.caseId)).toHaveLength(21)

    const pair = async (connection: string) => {
      const wish = { ...nowhere, idempotencyKey: crypto.randomUUID(), connection, peerId: 'ann' }
      const all = intoCase(await fileReport(stage.context, stage.actor, wish))
      await take()
      const latest = await kept(all.caseId)
      expect([await found(all.id), latest.length]).toEqual([['partial', 'no_message_named'], 20])
      const named = latest[10]?.messageId ?? ''
      const one = intoCase(
        await fileReport(stage.context, stage.actor, {
          ...wish,
          idempotencyKey: crypto.randomUUID(),
          messageIds: [named],
        }),
      )
      await take()
      expect(await found(one.id)).toEqual(['taken', null])
      expect((await kept(all.caseId)).filter(({ isReported }) => isReported)).toMatchObject([
        { messageId: named },
      ])
    }
    await pair('sg')
    await pair('zim')
    expect((await control.violations()).list).toEqual([])
    const events = await stage.db
      .select()
      .from(auditEvents)
      .where(eq(auditEvents.type, 'case.evidence_taken'))
    expect(events.map(({ data }) => data)).toContainEqual(
      expect.objectContaining({ case: group.caseId, reports: 2, complete: 2, kept: 37 }),
    )
    expect(JSON.stringify(events)).not.toContain('message 1')
  })

  test('that cannot be had is said: no history, not there, no conversation', async () => {
    stage = await start()
    const { file, take, found, wish, context, actor, kept } = stage
    const { groupId: _, ...nowhere } = wish()
    const live = await file({ groupId: 'live', messageIds: ['1'] })
    const gone = await file({ groupId: 'dissolved', messageIds: ['1'] })
    const never = await file({ messageIds: ['5000'] })
    const half = await file({ messageIds: ['50', '5001'] })
    const topic = await file({ topicId: 'x', messageIds: ['1'] })
    const none = await fileReport(context, actor, nowhere)
    await take()
    expect(await Promise.all([live, gone, never, half, topic, none].map(({ id }) => found(id)))).toEqual([
      ['unavailable', 'no_history'],
      ['unavailable', 'not_found'],
      ['unavailable', 'not_found'],
      ['partial', 'not_found'],
      ['unavailable', 'not_found'],
      ['unavailable', 'no_message_named'],
    ])
    expect(await kept(never.caseId)).toHaveLength(21)
  })

  test('of several cases is written together, and none of a case whose reports somebody else has by now', async () => {
    stage = await start()
    const { file, found, kept, context, db } = stage
    const accused = ['ann', 'bob', 'cleo', 'lin88']
    const filed: { caseId: string }[] = []
    for (const accusedId of accused)
      filed.push(await file({ accusedId, reporterId: 'zoe', messageIds: ['30'] }))
    const [late, ...others] = [
      ...(await claimEvidence(db, 'sg', 1)),
      ...(await claimEvidence(db, 'sg', 1)),
      ...(await claimEvidence(db, 'sg', 10)),
    ]
    // Those that have waited longest come first.
    expect([late, others[0]].map((claim) => claim?.case.id)).toEqual(
      filed.slice(0, 2).map(({ caseId }) => caseId),
    )
    const named = async (claim: EvidenceClaim): Promise<Found> => ({
      claim,
      evidence: await findEvidence(context, claim.case, ['30'], { priority: 'bulk' }),
    })
    if (!late) throw new Error('nothing was claimed')
    expect(
      others
        .map(({ case: of }) => of.id)
        .concat(late.case.id)
        .sort(),
    ).toEqual(filed.map(({ caseId }) => caseId).sort())
    // Its lease ended; another process takes it.
    const ids = late.reports.map(({ id }) => id)
    await db
      .update(reports)
      .set({ evidenceLeaseUntil: sql`clock_timestamp() - interval '1 second'` })
      .where(inArray(reports.id, ids))
    const [again] = await claimEvidence(db, 'sg', 10)
    expect(again?.reports.map(({ id }) => id)).toEqual(ids)
    const all = await Promise.all([late, ...others].map(named))
    expect(await keepEvidence(db, all)).toEqual([false, true, true, true])
    expect(await kept(late.case.id)).toEqual([])
    expect(await found(ids[0] ?? '')).toEqual(['pending', null])
    for (const { case: of } of others) expect(await kept(of.id)).toHaveLength(21)

    // Two readings of one case that end together write each message once.
    if (again) {
      const twice = await named(again)
      expect(await keepEvidence(db, [twice, twice])).toEqual([true, true])
      expect(await kept(again.case.id)).toHaveLength(21)
    }
    expect((await stage.control.violations()).list).toEqual([])
  })

  test('is asked for again with longer pauses while the provider fails, and given up after so many tries', async () => {
    stage = await start()
    const { file, take, found, rested, control, db, world } = stage
    const { id } = await file({ messageIds: ['30'] })
    await control.addFaults({ kind: 'status', status: 503, times: 'always' })
    const pauses: number[] = []
    for (let tries = 1; tries < maxAttempts; tries += 1) {
      await take()
      const [row] = await db
        .select({
          left: sql<number>`extract(epoch from ${reports.evidenceLeaseUntil} - clock_timestamp())::float8`,
        })
        .from(reports)
      pauses.push(Number(row?.left))
      expect(await found(id)).toEqual(['pending', null])
      await rested()
    }
    expect(pauses).toEqual(pauses.toSorted((one, other) => one - other))
    await take()
    expect(await found(id)).toEqual(['unavailable', 'provider_failed'])

    const other = await file({ accusedId: 'ann', reporterId: 'lin88', messageIds: ['30'] })
    await take()
    await control.clearFaults()
    await rested()
    // The other process has not seen the provider fail.
    await takeDueEvidence(world.restarted(), AbortSignal.timeout(60_000))
    expect(await found(other.id)).toEqual(['taken', null])
  })

  test('stays as it was when a message is deleted, and says so', async () => {
    stage = await start()
    const { file, take, kept, context, actor, control, db } = stage
    const { caseId } = await file({ messageIds: ['95'] })
    await take()
    const before = await kept(caseId)
    const messages = talk(100).map((it, index) => ({
      ...it,
      ...(index === 94 && { state: 'deleted' as const }),
      ...(index === 96 && { state: 'recalled' as const }),
    }))
    await control.seed({ groups: [{ id: 'party', type: 'Public', name: 'Party', members, messages }] })
    expect(await recheckEvidence(context, actor, { caseId })).toEqual({ isChecked: true, gone: ['95', '97'] })
    expect(await recheckEvidence(context, actor, { caseId })).toEqual({ isChecked: false, gone: [] })
    const after = await kept(caseId)
    expect(after.map(({ message, hash }) => ({ message, hash }))).toEqual(
      before.map(({ message, hash }) => ({ message, hash })),
    )
    expect(after.filter(({ goneAt }) => goneAt !== null).map(({ messageId }) => messageId)).toEqual([
      '95',
      '97',
    ])

    // A later report on it finds its place alone, and changes nothing that was kept.
    const late = await file({ messageIds: ['97'], reporterId: 'bob' })
    await take()
    expect(await stage.found(late.id)).toEqual(['partial', 'not_found'])
    const [again] = await db.select().from(evidenceMessages).where(eq(evidenceMessages.messageId, '97'))
    expect(again).toMatchObject({ isReported: true, message: { text: 'message 97' } })
  })
})
