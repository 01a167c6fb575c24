import { eq } from 'drizzle-orm'
import { afterEach, expect, test } from 'vitest'
import { cases } from '@/lib/db/schema'
import { addCase, decisionOf, muteAnHour, startDecisionStage } from '@/lib/testing/decision-stage'
import { describeOnBothDatabases } from '@/lib/testing/fresh-db'
import { addActor } from '@/lib/testing/moderators'
import { answerAppeal } from './answer-appeal'
import { decideCase } from './decide'
import { getDecisionBasis } from './decision-basis'
import { fileAppeal } from './file-appeal'
import { undoDecision } from './undo-decision'

describeOnBothDatabases('a decision that closed another case, which is with the leads', (freshDb) => {
  let stage: Awaited<ReturnType<typeof startDecisionStage>>
  afterEach(() => stage.world.close())

  test('is undone by leads alone, but anybody else may grant an appeal: the other case stays closed', async () => {
    stage = await startDecisionStage(await freshDb())
    const { db, actor, lead, accusedId, case: own } = stage
    const { context } = stage.world
    const mark = { status: 'triaged', escalatedAt: 1, escalatedBy: actor.id } as const
    const other = await addCase(db, { accusedId, peerId: 'wei', ...mark })
    const closeWith = [{ caseId: other.id, version: other.version }]
    const { id } = await decideCase(context, lead, decisionOf(own.id, { ...muteAnHour, closeWith }))
    const appeal = await fileAppeal(context, actor, {
      idempotencyKey: crypto.randomUUID(),
      connection: 'sg',
      userId: accusedId,
      text: 'It was not me',
      language: 'ja',
    })
    const moderator = await addActor(db, 'moderator')
    await expect(undoDecision(context, moderator, { decisionId: id })).rejects.toMatchObject({
      code: 'NEEDS_LEAD',
    })
    const basis = await getDecisionBasis(context, moderator, { caseId: own.id })
    expect(basis).toMatchObject({ appeal: { mayLift: true } })
    const answer = { answer: 'lifted', text: 'You were right', notify: null } as const
    await answerAppeal(context, moderator, { appealId: appeal.id, version: 4, ...answer })
    expect((await db.select().from(cases).where(eq(cases.id, other.id))).at(0)).toMatchObject({
      status: 'closed',
      escalatedAt: 1,
    })
  })
})
