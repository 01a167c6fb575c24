import { eq } from 'drizzle-orm'
import { afterEach, expect, test } from 'vitest'
import { addApiKey } from '@/lib/auth/add-api-key'
import { findActorOfKey } from '@/lib/auth/find-actor-of-key'
import type { ApiScope } from '@/lib/auth/roles'
import { auditEvents, cases, reports } from '@/lib/db/schema'
import { describeOnBothDatabases } from '@/lib/testing/fresh-db'
import { startIntakeStage } from '@/lib/testing/intake-stage'
import { addActor } from '@/lib/testing/moderators'
import { publicReportSchema } from './api-schemas'
import { getReport } from './get-report'
import type { Verdict } from './rules'

describeOnBothDatabases('a report that a program files', (freshDb) => {
  let stage: Awaited<ReturnType<typeof startIntakeStage>>
  afterEach(() => stage.world.close())

  async function startKeyStage() {
    stage = await startIntakeStage(await freshDb())
    const { db, actor } = stage
    const maker = await addActor(db, 'admin')
    const keyOf = async (...scopes: ApiScope[]) => {
      const { secret } = await addApiKey({ db }, maker, { name: 'App', email: actor.email, scopes })
      const found = await findActorOfKey(db, secret)
      if (!found) throw new Error('the key does not open')
      return found
    }
    return { ...stage, keyOf }
  }

  test('is told as far as its reporter may know, never what was done', async () => {
    const { db, keyOf, file } = await startKeyStage()
    const [writer, reader] = [await keyOf('reports:write'), await keyOf('reports:read')]
    const { id, caseId } = await file({}, writer)
    const tell = async () =>
      publicReportSchema.parse(await getReport(stage.context, reader, { reportId: id }))
    expect(await tell()).toMatchObject({ id, status: 'received', outcome: null })
    expect(await db.select().from(reports)).toMatchObject([{ source: 'api', apiKeyId: writer.apiKey?.id }])
    const [event] = await db.select().from(auditEvents).where(eq(auditEvents.type, 'report.filed'))
    expect(event?.data).toMatchObject({ apiKey: writer.apiKey?.prefix })

    for (const status of ['claimed', 'decided', 'closed'] as const)
      await db.update(cases).set({ status }).where(eq(cases.id, caseId))
    const outcomes: [Verdict, string][] = [
      ['valid', 'violation_found'],
      ['bad_faith', 'no_violation_found'],
      ['cannot_judge', 'undecided'],
    ]
    for (const [verdict, outcome] of outcomes) {
      await db.update(reports).set({ verdict })
      expect(await tell()).toMatchObject({ status: 'handled', outcome })
    }
  })

  test('needs the scope for what is asked', async () => {
    const { keyOf, file, context } = await startKeyStage()
    const forbidden = { code: 'FORBIDDEN' }
    await expect(file({}, await keyOf('reports:read'))).rejects.toMatchObject(forbidden)
    await expect(file({}, await keyOf('bulk-mutes:write'))).rejects.toMatchObject(forbidden)
    const input = { reportId: crypto.randomUUID() }
    await expect(getReport(context, await keyOf('reports:write'), input)).rejects.toMatchObject(forbidden)
    await expect(getReport(context, await keyOf('reports:read'), input)).rejects.toMatchObject({
      code: 'NOT_FOUND',
    })
  })
})
