import { eq, sql } from 'drizzle-orm'
import { afterEach, expect, test } from 'vitest'
import { record } from '@/lib/audit/record'
import { auditEvents, cases, reportMutes, reports, setAsideReports } from '@/lib/db/schema'
import { addCase, decisionOf, startDecisionStage } from '@/lib/testing/decision-stage'
import { describeOnBothDatabases } from '@/lib/testing/fresh-db'
import { answerAppeal } from './answer-appeal'
import { decideCase } from './decide'
import type { DecideCaseInput } from './decision-schemas'
import { fileReport } from './file'
import { fileAppeal } from './file-appeal'
import { getReport } from './get-report'
import { liftReportMute } from './lift-report-mute'
import { listReportMutes } from './list-report-mutes'
import { fileReportSchema } from './report-schemas'
import { sweepReporter } from './sweep-reporter'
import { undoDecision } from './undo-decision'

describeOnBothDatabases('a reporter in bad faith', (freshDb, kind) => {
  let stage: Awaited<ReturnType<typeof startDecisionStage>>
  afterEach(() => stage.world.close())

  /** A case on which two people lied, found so, with a mute of both for a week. */
  async function begin(days: 1 | 7 | 30 | null = 7, change: Partial<DecideCaseInput> = {}) {
    stage = await startDecisionStage(await freshDb())
    const { db, world, actor } = stage
    const own = await addCase(db, { accusedId: 'x' }, { troll: 'en', friend: 'ja' })
    const decision = await decideCase(
      world.context,
      actor,
      decisionOf(own.id, {
        ...{ verdict: 'bad_faith', actions: [], reasonText: '' },
        ...(days !== null && { muteReporterDays: days }),
        ...change,
      }),
    )
    return { ...stage, own, decision }
  }
  const wish = (reporterId: string, more: object = {}) =>
    fileReportSchema.parse({
      ...{ idempotencyKey: crypto.randomUUID(), connection: 'sg', accusedId: stage.accusedId, reporterId },
      ...{ category: 'spam', text: 'Again', ...more },
    })
  const file = (reporterId: string, more: object = {}) =>
    fileReport(stage.world.context, stage.actor, wish(reporterId, more))

  test('is not listened to for a while: what they report is kept for leads, in no case', async () => {
    const { db, world, actor, lead, own } = await begin()
    const before = await db.select().from(cases).orderBy(cases.id)
    const asked = wish('troll', { text: 'Once more' })
    const kept = await fileReport(world.context, actor, asked)
    expect(kept).toMatchObject({ accusedId: stage.accusedId, caseId: null, caseNumber: null })
    expect(await fileReport(world.context, actor, asked)).toEqual(kept)
    await expect(fileReport(world.context, actor, { ...asked, text: 'x' })).rejects.toMatchObject({
      code: 'IDEMPOTENCY_MISMATCH',
    })
    await file('friend')
    expect(await db.select().from(cases).orderBy(cases.id)).toEqual(before)
    expect(await db.$count(reports, eq(reports.text, 'Once more'))).toBe(0)
    expect(await getReport(world.context, actor, { reportId: kept.id })).toMatchObject({
      ...{ id: kept.id, caseNumber: null, status: 'received', outcome: null },
    })
    const [event] = await db
      .select()
      .from(auditEvents)
      .where(eq(auditEvents.type, 'report.set_aside'))
      .limit(1)
    expect(event).toMatchObject({ userId: stage.accusedId, data: { report: kept.id, category: 'spam' } })
    const muted = await db.select().from(auditEvents).where(eq(auditEvents.type, 'reporter.muted'))
    expect(muted.map(({ userId }) => userId).sort()).toEqual(['friend', 'troll'])
    await expect(listReportMutes(world.context, actor)).rejects.toMatchObject({ code: 'FORBIDDEN' })
    const { mutes } = await listReportMutes(world.context, lead)
    const troll = mutes.find(({ reporter }) => reporter.userId === 'troll')
    expect(troll).toMatchObject({
      ...{ isInForce: true, reportCount: 1, case: { number: own.number }, mutedBy: actor.name },
      reports: [{ text: 'Once more', accusedId: stage.accusedId }],
    })
    const week = 7 * 86_400_000
    expect(Math.abs(Number(troll?.until) - Date.now() - week)).toBeLessThan(600_000)
    // Anybody else's are worked on, also the same name's in another app.
    expect((await file('rita')).caseId).not.toBeNull()
    expect((await file('troll', { connection: 'zim' })).caseId).not.toBeNull()
  })

  test('is listened to again from its end on, by the database’s clock', async () => {
    const { db, world, actor } = await begin(1)
    const asked = wish('troll')
    const kept = await fileReport(world.context, actor, asked)
    await db.update(reportMutes).set({ until: sql`until - interval '1 day'` })
    expect((await file('troll')).caseId).not.toBeNull()
    // The same again is what it was.
    expect(await fileReport(world.context, actor, asked)).toEqual(kept)
  })

  test('is listened to again when the decision is undone, or a lead lifts it', async () => {
    const { db, world, actor, lead, decision } = await begin()
    const { mutes } = await listReportMutes(world.context, lead)
    const friend = mutes.find(({ reporter }) => reporter.userId === 'friend')
    const lift = { reportMuteId: friend?.id ?? '' }
    await expect(liftReportMute(world.context, actor, lift)).rejects.toMatchObject({ code: 'FORBIDDEN' })
    await liftReportMute(world.context, lead, lift)
    await liftReportMute(world.context, lead, lift)
    expect((await file('friend')).caseId).not.toBeNull()
    expect((await file('troll')).caseId).toBeNull()
    await undoDecision(world.context, actor, { decisionId: decision.id })
    expect((await file('troll')).caseId).not.toBeNull()
    const ended = await db.select().from(auditEvents).where(eq(auditEvents.type, 'reporter.unmuted'))
    expect(ended).toMatchObject([
      { userId: 'friend', actorId: lead.id },
      { userId: 'troll', actorId: actor.id },
    ])
    expect(await db.$count(setAsideReports)).toBe(1)
    await expect(
      liftReportMute(world.context, lead, { reportMuteId: crypto.randomUUID() }),
    ).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })

  test('is heard again only when no mute of theirs is left: a lift ends them all, an undo its own', async () => {
    const { db, world, actor, lead, decision } = await begin()
    const sweep = { connection: 'sg', muteDays: 30 as const }
    for (const reporterId of ['troll', 'friend'])
      await sweepReporter(world.context, lead, { ...sweep, reporterId })
    const { mutes } = await listReportMutes(world.context, lead)
    const friend = mutes.find(({ reporter }) => reporter.userId === 'friend')
    await liftReportMute(world.context, lead, { reportMuteId: friend?.id ?? '' })
    await undoDecision(world.context, actor, { decisionId: decision.id })
    expect((await file('friend')).caseId).not.toBeNull()
    expect((await file('troll')).caseId).toBeNull()
    const ended = await db.select().from(auditEvents).where(eq(auditEvents.type, 'reporter.unmuted'))
    expect(ended).toMatchObject([{ userId: 'friend', actorId: lead.id }])
    expect((await listReportMutes(world.context, lead)).mutes.map(({ isInForce }) => isInForce)).toEqual([
      ...[true, false, false, false],
    ])
  })

  test('is heard again when an appeal against the decision is granted, which ends no other mute of theirs', async () => {
    const { db, world, actor, lead, decision } = await begin(7, {
      ...{ actions: [{ kind: 'warn' }], overrideReason: 'Both lied' },
    })
    await sweepReporter(world.context, lead, { connection: 'sg', reporterId: 'friend', muteDays: 30 })
    const { id: appealId } = await fileAppeal(world.context, actor, {
      ...{ idempotencyKey: crypto.randomUUID(), connection: 'sg', userId: 'x', decisionId: decision.id },
      ...{ text: 'It was not me', language: 'en' },
    })
    const [own] = await db.select().from(cases).where(eq(cases.status, 'appealed'))
    const answer = { appealId, version: own?.version ?? 0, text: 'You were right', notify: null }
    await answerAppeal(world.context, lead, { ...answer, answer: 'lifted' })
    expect((await file('troll')).caseId).not.toBeNull()
    expect((await file('friend')).caseId).toBeNull()
    const ended = await db.select().from(auditEvents).where(eq(auditEvents.type, 'reporter.unmuted'))
    expect(ended).toMatchObject([{ userId: 'troll', actorId: lead.id }])
  })

  // The embedded database makes one transaction after the other.
  test.runIf(kind === 'PostgreSQL')(
    'is heard again although a report is being set aside, with a case to merge',
    async () => {
      const { db, world, actor, decision } = await begin()
      await addCase(db, { accusedId: 'x' })
      const undone = await db.transaction(async (tx) => {
        await tx.select().from(reportMutes).orderBy(reportMutes.id).for('update')
        const begun = undoDecision(world.context, actor, { decisionId: decision.id })
        const waiting = sql`wait_event_type = 'Lock' and datname = current_database()`
        await expect.poll(() => db.$count(sql`pg_stat_activity`, waiting), { timeout: 10_000 }).toBe(1)
        const about = { connection: 'sg', userId: 'x', actorId: null, actorName: 'system' }
        const data = { report: 'one', source: 'api', category: 'spam', messages: 0 } as const
        await record(tx, { type: 'report.set_aside', ...about, data })
        return { begun }
      })
      expect(await undone.begun).toMatchObject({ status: 'undone' })
    },
  )

  test('is on a page for leads, however many are muted, until it ends', async () => {
    const { db, world, lead } = await begin()
    const [made] = await db.select().from(reportMutes)
    if (!made) throw new Error('there is no mute')
    const liftedAt = Date.now() + 60_000
    const many = (count: number, about: object) =>
      Array.from({ length: count }, () => ({ ...made, id: crypto.randomUUID(), ...about }))
    // Of one instant, so that only the ids order them; the later ones have ended.
    await db.insert(reportMutes).values(many(60, { mutedAt: made.mutedAt }))
    await db.insert(reportMutes).values(many(60, { mutedAt: liftedAt, liftedAt, liftedBy: lead.id }))
    const first = await listReportMutes(world.context, lead)
    const second = await listReportMutes(world.context, lead, first.next)
    expect(second.next).toBeNull()
    const seen = [...first.mutes, ...second.mutes].filter(({ isInForce }) => isInForce)
    expect(new Set(seen.map(({ id }) => id)).size).toBe(62)
    expect(second.mutes.at(-1)?.isInForce).toBe(false)
  })

  test('is muted with a sweep too, and without being asked for not at all', async () => {
    const { world, lead } = await begin(null)
    expect((await file('troll')).caseId).not.toBeNull()
    await sweepReporter(world.context, lead, { connection: 'sg', reporterId: 'troll', muteDays: 30 })
    expect((await file('troll')).caseId).toBeNull()
  })
})
