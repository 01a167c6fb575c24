import { eq, sql } from 'drizzle-orm'
import { afterEach, expect, test } from 'vitest'
import type { Actor } from '@/lib/auth/actor'
import { auditEvents, evidenceMessages } from '@/lib/db/schema'
import { describeOnBothDatabases } from '@/lib/testing/fresh-db'
import { intoCase, startIntakeStage } from '@/lib/testing/intake-stage'
import { fileReport } from './file'
import { getCase } from './get'
import type { HistoryDirection, HistoryPlace } from './history-schemas'
import { shownMessages } from './queue-rules'
import { readKept } from './read-kept'
import { readOn } from './read-on'
import { takeDueEvidence } from './take-evidence'

const talk = (count: number) =>
  Array.from({ length: count }, (_, index) => ({
    from: index % 2 ? 'lin88' : 'ann',
    to: index % 2 ? 'ann' : 'lin88',
    text: `message ${index + 1}`,
    secondsAgo: (count - index) * 10,
  }))
const inGroup = (count: number) => talk(count).map(({ to: _, ...message }) => message)
const members = [{ id: 'lin88' }, { id: 'ann' }]
const named = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, index) => `message ${from + index}`)

describeOnBothDatabases('reading on beyond what is kept of a case', (freshDb) => {
  let stage: Awaited<ReturnType<typeof start>>
  afterEach(() => stage.world.close())

  async function start() {
    const made = await startIntakeStage(await freshDb())
    const { context, actor, control, world } = made
    await world.addGroups(
      { id: 'party', name: 'Party', members, messages: inGroup(430) },
      { id: 'live', name: 'Live', type: 'AVChatRoom', members },
    )
    await control.seed({ peerMessages: talk(120) })
    await world.addRoom('#room', 'ann', 'lin88')
    await control.seed({
      zego: {
        users: members,
        groups: [{ id: '#room', members: [{ id: 'ann', role: 1 }, { id: 'lin88' }], messages: inGroup(220) }],
        peerMessages: talk(220),
      },
    })
    /** Every part in that direction, each to its end, as somebody gets them who goes on asking. */
    const readAll = async (caseId: string, direction: HistoryDirection) => {
      const parts = []
      let next: HistoryPlace | null = {}
      while (next && parts.length < 30) {
        const part: Awaited<ReturnType<typeof readOn>> = await readOn(context, actor, {
          ...{ caseId, direction, ...next },
        })
        parts.push(part)
        next = part.next
      }
      return parts
    }
    const texts = async (caseId: string, direction: HistoryDirection) => {
      const parts = await readAll(caseId, direction)
      return (direction === 'older' ? parts.toReversed() : parts).flatMap(({ messages }) =>
        messages.map(({ text }) => text),
      )
    }
    const take = () => takeDueEvidence(context, AbortSignal.timeout(60_000))
    return { ...made, readAll, texts, take }
  }

  test('gives all that is before and after, once and in order, in groups and between two, at both providers', async () => {
    stage = await start()
    const { file, take, texts, readAll, context, actor, wish, db, control } = stage
    const { groupId: _, ...nowhere } = wish()
    const group = await file({ messageIds: ['15'] })
    const room = await file({ connection: 'zim', groupId: '#room', messageIds: ['115'] })
    const between = async (connection: string) =>
      intoCase(
        await fileReport(context, actor, {
          ...{ ...nowhere, idempotencyKey: crypto.randomUUID(), connection, peerId: 'ann' },
        }),
      )
    const [pair, zegoPair] = [await between('sg'), await between('zim')]
    await take()
    const before = await db.$count(evidenceMessages)
    expect(await texts(group.caseId, 'older')).toEqual(named(1, 4))
    expect(await texts(group.caseId, 'newer')).toEqual(named(26, 430))
    expect(await texts(room.caseId, 'older')).toEqual(named(1, 104))
    expect(await texts(room.caseId, 'newer')).toEqual(named(126, 220))
    expect(await texts(pair.caseId, 'older')).toEqual(named(1, 100))
    expect(await texts(zegoPair.caseId, 'older')).toEqual(named(1, 200))
    expect(await texts(pair.caseId, 'newer')).toEqual([])
    // Further back than one part reads.
    const [begun] = await readAll(group.caseId, 'older')
    expect(begun).toMatchObject({ messages: [], next: { view: '0' } })
    const [first] = await readAll(pair.caseId, 'older')
    expect(first).toMatchObject({ viewOf: 'ann', why: null })
    expect(first?.messages.at(-1)).toMatchObject({ side: 'accused', sender: { userId: 'lin88' } })
    expect(await db.$count(evidenceMessages)).toBe(before)
    expect((await control.violations()).list).toEqual([])
  })

  test('begins after the last kept message, and what is kept beyond the first page comes as kept', async () => {
    stage = await start()
    const { file, take, texts, db, context, actor } = stage
    const { caseId } = await file({ messageIds: ['400'] })
    await take()
    const [kept] = await db.select().from(evidenceMessages).limit(1)
    if (!kept) throw new Error('nothing was kept')
    const earlier = Array.from({ length: shownMessages * 2 - 6 }, (_, index) => ({
      ...{ ...kept, messageId: `earlier-${index}`, seq: String(index), sentAt: Math.floor(index / 3) },
      isReported: index % 400 === 0,
    }))
    await db.insert(evidenceMessages).values(earlier)
    expect(await texts(caseId, 'newer')).toEqual(named(411, 430))
    // As between two people, where places in the conversation do not count.
    await db.update(evidenceMessages).set({ seq: sql`${evidenceMessages.seq} || '0'` })
    const all = [(await getCase(context, actor, { caseId })).transcript]
    for (let next = all[0]?.next; next; next = all.at(-1)?.next)
      all.push(await readKept(context, actor, { caseId, after: next }))
    expect(all.map(({ messages }) => messages.length)).toEqual([shownMessages, shownMessages, 15])
    const messages = all.flatMap(({ messages }) => messages)
    expect(new Set(messages.map(({ messageId }) => messageId)).size).toBe(messages.length)
    // 9 before 10 where both are of one second.
    expect(messages.slice(0, earlier.length).map(({ messageId }) => messageId)).toEqual(
      earlier.map(({ messageId }) => messageId),
    )
    expect(messages.slice(-21).map(({ text }) => text)).toEqual(named(390, 410))
    // Between pages as within them: the last reported message stands on the page after some of those kept around it.
    expect(messages[shownMessages]?.isAfterGap).toBe(true)
    expect(messages.slice(-20).some(({ isAfterGap }) => isAfterGap)).toBe(false)
    // One time for all that is kept together, by which it is known that nothing is missing in between.
    const { takenAt: _, ...untimed } = kept
    const together = earlier.map((_, index) => ({ ...untimed, messageId: `together-${index}` }))
    const times = await db.insert(evidenceMessages).values(together).returning()
    expect(new Set(times.map(({ takenAt }) => takenAt)).size).toBe(1)
    const viewer: Actor = { ...actor, role: 'viewer' }
    await expect(readKept(context, viewer, { caseId, after: '1' })).rejects.toThrow('FORBIDDEN')
  })

  test('is on record without a word of what was read, and for those alone who work on cases', async () => {
    stage = await start()
    const { file, take, db, context, actor } = stage
    const { caseId, caseNumber: number } = await file({ messageIds: ['400'] })
    await take()
    const wish = { caseId, direction: 'older' } as const
    const viewer: Actor = { ...actor, role: 'viewer' }
    await expect(readOn(context, viewer, wish)).rejects.toThrow('FORBIDDEN')
    const { messages } = await readOn(context, actor, wish)
    const events = await db.select().from(auditEvents).where(eq(auditEvents.type, 'history.read'))
    expect(events).toMatchObject([
      { actorId: actor.id, userId: 'lin88', data: { case: caseId, number, messages: messages.length } },
    ])
    expect(JSON.stringify(events)).not.toContain('message 1')
    await expect(readOn(context, actor, { ...wish, cursor: 'x' })).rejects.toThrow('INVALID_INPUT')
    await expect(readOn(context, actor, { ...wish, caseId: crypto.randomUUID() })).rejects.toThrow(
      'NOT_FOUND',
    )
  })

  test('says why there is nothing: no history, no group, no conversation, no answer', async () => {
    stage = await start()
    const { file, readAll, context, actor, wish, control } = stage
    const { groupId: _, ...nowhere } = wish()
    const live = await file({ groupId: 'live', messageIds: ['1'] })
    const gone = await file({ groupId: 'dissolved', messageIds: ['1'] })
    const none = intoCase(await fileReport(context, actor, nowhere))
    for (const [{ caseId }, why] of [
      [live, 'no_history'],
      [gone, 'not_found'],
      [none, 'no_conversation'],
    ] as const)
      expect(await readAll(caseId, 'older')).toMatchObject([{ why, messages: [], next: null }])
    const { caseId } = await file({ messageIds: ['400'] })
    await control.addFaults({ kind: 'status', status: 503, times: 'always' })
    await expect(readAll(caseId, 'older')).rejects.toThrow('PROVIDER_UNREACHABLE')
  })
})
