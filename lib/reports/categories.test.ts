import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { cases } from '@/lib/db/schema'
import { defaultReportPolicies } from '@/lib/settings/report-defaults'
import { setReportPolicies } from '@/lib/settings/set-report-policies'
import { startCasework } from '@/lib/testing/case-stage'
import { describeOnBothDatabases } from '@/lib/testing/fresh-db'
import { addActor } from '@/lib/testing/moderators'
import { reasonCategoryOf } from './decision-actions'
import { takeIn } from './take-in'
import { triageCase } from './triage'

describeOnBothDatabases('a category that leads added', (freshDb) => {
  test('is reported, weighed and given, until it is retired; what has it keeps it', async () => {
    const { ann, context, db, claim, look } = await startCasework(await freshDb())
    const lead = await addActor(db, 'lead')
    const report = (idempotencyKey: string, category: 'custom:doxxing' | 'spam') =>
      takeIn(db, ann, {
        ...{ source: 'console', connection: 'sg', accusedId: 'lin', reporterId: 'bob', category },
        ...{ groupId: 'party', topicId: '', peerId: '', text: '', language: '', messageIds: [] },
        ...{ clientTime: null, idempotencyKey, inputHash: '' },
      })
    const refused = { options: { fields: { category: 'invalid' } } }
    await expect(report('a', 'custom:doxxing')).rejects.toMatchObject(refused)

    const name = { en: 'Doxxing', 'zh-CN': '人肉', ja: '暴露' }
    const policy = { ...defaultReportPolicies.spam, name, severity: 5, rank: 9, ladder: ['forever' as const] }
    const policies = { ...defaultReportPolicies, 'custom:doxxing': policy }
    await setReportPolicies({ db }, lead, { policies, version: 0 })
    const first = await report('a', 'spam')
    await report('b', 'custom:doxxing')
    const row = await look(first.caseId ?? '')
    expect(row).toMatchObject({ category: 'custom:doxxing', reportCount: 2 })
    expect(row.priorityWhy).toContainEqual({ kind: 'severity', value: 5 })
    expect(reasonCategoryOf('custom:doxxing', 'mute')).toBe('other')

    await setReportPolicies({ db }, lead, {
      ...{ policies: { ...policies, 'custom:doxxing': { ...policy, isRetired: true } }, version: 1 },
    })
    await expect(report('c', 'custom:doxxing')).rejects.toMatchObject(refused)
    // The answer of then, once more.
    expect(await report('b', 'custom:doxxing')).toMatchObject({ caseId: first.caseId })
    const { claimToken } = await claim(ann, row)
    const wish = async (category: 'custom:doxxing' | 'spam') =>
      triageCase(context, ann, {
        ...{ caseId: row.id, version: (await look(row.id)).version, claimToken, category },
      })
    await wish('custom:doxxing')
    await wish('spam')
    await expect(wish('custom:doxxing')).rejects.toMatchObject(refused)
    expect(await db.$count(cases, eq(cases.category, 'spam'))).toBe(1)
  })
})
