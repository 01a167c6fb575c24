import { eq } from 'drizzle-orm'
import { afterEach, expect, test } from 'vitest'
import type { Db } from '@/lib/db'
import { auditEvents, auditHead, cases, inboundLimits } from '@/lib/db/schema'
import { addCase, decisionOf, muteAnHour, startDecisionStage } from '@/lib/testing/decision-stage'
import { describeOnBothDatabases } from '@/lib/testing/fresh-db'
import { decideCase } from './decide'
import { burstSize, mostSenders, noteMessage } from './note-message'

describeOnBothDatabases('a burst of messages', (freshDb) => {
  let stage: Awaited<ReturnType<typeof startDecisionStage>>
  afterEach(() => stage.world.close())
  /** After what each test decides. */
  const now = Date.now() + 300_000
  const later = { lookAgainAt: now + 3_600_000 }

  /** The account of the stage was muted for an hour, to be looked at again then, unless told otherwise. */
  async function begin(change: Parameters<typeof decisionOf>[1] = { ...muteAnHour, ...later }) {
    stage = await startDecisionStage(await freshDb())
    await decideCase(stage.world.context, stage.actor, decisionOf(stage.case.id, change))
  }
  const write = async (count: number, at = now, senderId = stage.accusedId) => {
    for (let sent = 0; sent < count; sent += 1)
      await noteMessage(stage.world.context, { connection: 'sg', senderId }, at + sent)
  }
  /** The same account writes, and another instance of the console is told of it. */
  const writeThere = async (there: Db, count: number, at = now) => {
    const message = { connection: 'sg', senderId: stage.accusedId }
    for (let sent = 0; sent < count; sent += 1) await noteMessage({ db: there }, message, at + sent)
  }
  /** Lets the minute end that all instances count in. */
  const endMinute = () => stage.db.update(inboundLimits).set({ endsAt: Date.now() - 1 })
  const statusNow = async (id = stage.case.id) =>
    (await stage.db.select().from(cases).where(eq(cases.id, id))).at(0)?.status

  test('brings a case back that shall be looked at again when the mute ends, once and on record', async () => {
    await begin()
    await write(burstSize - 1)
    expect(await statusNow()).toBe('closed')
    await write(1, now + 10_000)
    expect(await statusNow()).toBe('reopened')
    await write(2 * burstSize + 1, now + 11_000)
    expect(await stage.db.$count(inboundLimits)).toBe(0)
    const told = await stage.db.select().from(auditEvents).where(eq(auditEvents.type, 'case.look_again'))
    expect(told).toMatchObject([{ actorName: 'system', data: { case: stage.case.id, isBurst: true } }])
  })

  test('is noticed also where it was over before anybody knew that the account is watched', async () => {
    stage = await startDecisionStage(await freshDb())
    const earlier = Date.now() - 5_000
    await write(burstSize, earlier)
    await decideCase(stage.world.context, stage.actor, decisionOf(stage.case.id, { ...muteAnHour, ...later }))
    await write(1, earlier + 31_000, 'somebody else')
    expect(await statusNow()).toBe('closed')

    const other = await addCase(stage.db, { accusedId: stage.accusedId, peerId: 'wei' })
    await stage.db.update(cases).set({ lookAgainAt: null })
    await write(1, earlier + 62_000, 'somebody else')
    await decideCase(
      stage.world.context,
      stage.actor,
      decisionOf(other.id, { ...later, overrideReason: 'x' }),
    )
    await write(burstSize, earlier + 70_000)
    expect(await statusNow(other.id)).toBe('closed')
    await write(1, earlier + 93_000, 'somebody else')
    expect(await statusNow(other.id)).toBe('reopened')
  })

  test('that cannot be answered when it is found keeps no other account from being watched', async () => {
    stage = await startDecisionStage(await freshDb())
    const { db, actor, world } = stage
    const other = await addCase(db, { accusedId: 'wei' })
    const earlier = Date.now() - 5_000
    await write(1, earlier, 'somebody else')
    for (const id of [stage.case.id, other.id])
      await decideCase(world.context, actor, decisionOf(id, { ...muteAnHour, ...later }))
    await write(burstSize, earlier + 20_000)
    const head = await db.delete(auditHead).returning()
    await write(1, earlier + 31_000, 'somebody else')
    await db.insert(auditHead).values(head)
    await write(burstSize, earlier + 32_000, 'wei')
    expect(await Promise.all([statusNow(), statusNow(other.id)])).toEqual(['closed', 'reopened'])
  })

  test('is many within a minute, of the accused alone, in the same app', async () => {
    await begin()
    const other = await addCase(stage.db, { accusedId: 'somebody else' })
    await write(burstSize - 2)
    await write(1, now + 59_000)
    await endMinute()
    await write(burstSize - 2, now + 61_000)
    await write(burstSize, now + 61_000, 'somebody else')
    for (let sent = 0; sent < burstSize; sent += 1)
      await noteMessage(stage.world.context, { connection: 'zim', senderId: stage.accusedId }, now + 61_000)
    expect(await Promise.all([statusNow(), statusNow(other.id)])).toEqual(['closed', 'new'])
  })

  test('is counted of those who wrote last until it is known who is watched, of no more than can be kept', async () => {
    stage = await startDecisionStage(await freshDb())
    const earlier = Date.now() - 5_000
    const meanwhile = earlier + 20_000
    await write(1, earlier, 'somebody else')
    await decideCase(stage.world.context, stage.actor, decisionOf(stage.case.id, { ...muteAnHour, ...later }))
    let others = 0
    const writeOthers = async (count: number) => {
      for (const last = others + count; others < last; others += 1)
        await write(1, meanwhile, `other ${others}`)
    }
    await write(burstSize - 1, meanwhile)
    await writeOthers(mostSenders)
    await write(1, meanwhile)
    await writeOthers(2)
    await write(burstSize - 2, meanwhile)
    await writeOthers(mostSenders - 1)
    await write(1, earlier + 31_000, `other ${others - 1}`)
    expect(await statusNow()).toBe('closed')
    await write(1, earlier + 31_001)
    expect(await statusNow()).toBe('reopened')
  })

  test('is counted over all instances, of the accounts alone that are watched', async () => {
    const there = await freshDb()
    await begin()
    await write(burstSize / 2)
    await write(burstSize, now, 'somebody else')
    await writeThere(there, burstSize / 2 - 1)
    expect(await statusNow()).toBe('closed')
    expect(await stage.db.select().from(inboundLimits)).toMatchObject([{ used: burstSize - 1 }])
    await writeThere(there, 1)
    expect(await statusNow()).toBe('reopened')
    // What brought it back does not count again.
    expect(await stage.db.$count(inboundLimits)).toBe(0)
  })

  test('is counted exactly where many messages are told of at once', async () => {
    const there = await freshDb()
    await begin()
    const atOnce = (db: Db, count: number) =>
      Promise.all(Array.from({ length: count }, () => writeThere(db, 1)))
    for (const db of [stage.db, there]) await writeThere(db, 1)
    await Promise.all([atOnce(stage.db, 11), atOnce(there, burstSize - 14)])
    expect(await stage.db.select().from(inboundLimits)).toMatchObject([{ used: burstSize - 1 }])
    expect(await statusNow()).toBe('closed')
    await writeThere(there, 1)
    expect(await statusNow()).toBe('reopened')
  })

  test('is shared with other instances also of what was written before this one knew who is watched', async () => {
    const there = await freshDb()
    stage = await startDecisionStage(await freshDb())
    const earlier = Date.now() - 5_000
    await writeThere(there, burstSize / 2, earlier)
    await decideCase(stage.world.context, stage.actor, decisionOf(stage.case.id, { ...muteAnHour, ...later }))
    await writeThere(there, burstSize / 2, earlier + 20_000)
    await writeThere(there, 1, earlier + 31_000)
    const [shared] = await stage.db.select().from(inboundLimits)
    expect(shared?.used).toBe(burstSize / 2 + 1)
    // Of the minute that began with the first of them.
    expect(Number(shared?.endsAt) - Date.now()).toBeCloseTo(49_000, -4)
    await write(burstSize / 2 - 2, earlier + 35_000)
    expect(await statusNow()).toBe('closed')
    await write(1, earlier + 35_000)
    expect(await statusNow()).toBe('reopened')
  })

  test.each([
    ['the next message', (at: number) => write(1, at)],
    ['whoever is told of next after half a minute', (at: number) => write(1, at + 30_000, 'somebody else')],
  ])('that could not be answered is answered with %s', async (_, next) => {
    await begin()
    const head = await stage.db.delete(auditHead).returning()
    await write(burstSize - 1)
    await expect(write(1)).rejects.toThrow()
    await stage.db.insert(auditHead).values(head)
    expect(await statusNow()).toBe('closed')
    await next(now + 1_000)
    expect(await statusNow()).toBe('reopened')
  })

  test.each([
    ['nobody wanted to look again', muteAnHour],
    ['no mute holds', later],
  ])('is nothing where %s', async (_, change) => {
    await begin(change)
    await write(burstSize)
    expect(await statusNow()).toBe('closed')
  })
})
