import { eq } from 'drizzle-orm'
import { afterEach, expect, test } from 'vitest'
import { startBulkMute } from '@/lib/bulk-mutes/start'
import { bulkMuteCases, cases } from '@/lib/db/schema'
import { startBulkStage } from '@/lib/testing/bulk-stage'
import { addCase, claimFor, decisionOf } from '@/lib/testing/decision-stage'
import { describeOnBothDatabases } from '@/lib/testing/fresh-db'
import { addActor } from '@/lib/testing/moderators'
import { concludeRunCases } from './conclude-run-cases'
import { decideCase } from './decide'
import { fileAppeal } from './file-appeal'

type Stage = Awaited<ReturnType<typeof startBulkStage>>

describeOnBothDatabases('runs and appeals', (freshDb) => {
  let stage: Stage
  afterEach(() => stage.world.close())
  const begin = async (count: number) => {
    stage = await startBulkStage(await freshDb())
    return stage.addAccounts(count)
  }
  const start = async (bulkId: string) => {
    const { token } = await stage.look(bulkId)
    await startBulkMute(stage.context, stage.actor, { bulkId, token: token ?? '' })
    await stage.work()
    await concludeRunCases(stage.context)
  }
  /** Has a run mute these accounts and decide these cases. */
  const run = async (userIds: string[], ids: string[]) => {
    const { id } = await stage.create(userIds, { kind: 'mute', cases: { ids, wish: 'valid' } })
    await stage.work()
    await start(id)
    return id
  }
  const appeal = (userId: string, decisionId: string) =>
    fileAppeal(stage.context, stage.actor, {
      idempotencyKey: crypto.randomUUID(),
      connection: 'sg',
      userId,
      decisionId,
      text: 'It was not me',
      language: 'ja',
    })
  const caseNow = async (id: string) => (await stage.db.select().from(cases).where(eq(cases.id, id))).at(0)
  const linkOf = async (id: string) =>
    (await stage.db.select().from(bulkMuteCases).where(eq(bulkMuteCases.caseId, id))).at(0)

  test('a run leaves a case to its open appeal, also where somebody has it in hand', async () => {
    const [ann = ''] = await begin(1)
    const { db, context, actor } = stage
    const own = await addCase(db, { accusedId: ann })
    const { id } = await decideCase(context, await addActor(db, 'lead'), decisionOf(own.id))
    await appeal(ann, id)
    await claimFor(db, own.id, actor)
    await run([ann], [own.id])
    expect(await linkOf(own.id)).toMatchObject({ status: 'left', why: 'appealed' })
    expect(await caseNow(own.id)).toMatchObject({ status: 'claimed', claimedBy: actor.id })
  })
})
