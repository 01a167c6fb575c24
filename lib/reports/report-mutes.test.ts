import { eq, sql } from 'drizzle-orm'
import { afterEach, expect, test } from 'vitest'
import { auditEvents, cases, reportMutes, reports, setAsideReports } from '@/lib/db/schema'
import { addCase, decisionOf, startDecisionStage } from '@/lib/testing/decision-stage'
import { describeOnBothDatabases } from '@/lib/testing/fresh-db'
import { decideCase } from './decide'
import { fileReport } from './file'
import { getReport } from './get-report'
import { liftReportMute } from './lift-report-mute'
import { listReportMutes } from './list-report-mutes'
import { fileReportSchema } from './report-schemas'
import { sweepReporter } from './sweep-reporter'
import { undoDecision } from './undo-decision'

describeOnBothDatabases('a reporter in bad faith', (freshDb) => {
  let stage: Awaited<ReturnType<typeof startDecisionStage>>
  afterEach(() => stage.world.close())

  /** A case on which two people lied, found so, with a mute of both for a week. */
  async function begin(days: 1 | 7 | 30 | null = 7) {
    stage = await startDecisionStage(await freshDb())
    const { db, world, actor } = stage
    const own = await addCase(db, { accusedId: 'x' }, { troll: 'en', friend: 'ja' })
    const decision = await decideCase(
      world.context,
      actor,
      decisionOf(own.id, {
        ...{ verdict: 'bad_faith', actions: [], reasonText: '' },
        ...(days !== null && { muteReporterDays: days }),
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

  test('is muted with a sweep too, and without being asked for not at all', async () => {
    const { world, lead } = await begin(null)
    expect((await file('troll')).caseId).not.toBeNull()
    await sweepReporter(world.context, lead, { connection: 'sg', reporterId: 'troll', muteDays: 30 })
    expect((await file('troll')).caseId).toBeNull()
  })
})
