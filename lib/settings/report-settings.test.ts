import { describe, expect, it, test } from 'vitest'
import { roles } from '@/lib/auth/roles'
import { auditEvents, settings } from '@/lib/db/schema'
import { noticeText } from '@/lib/reports/notice-text'
import { noticeKinds, reportCategories } from '@/lib/reports/rules'
import { describeOnBothDatabases } from '@/lib/testing/fresh-db'
import { addActor } from '@/lib/testing/moderators'
import { findNoticeTemplates, getNoticeTemplates } from './notice-templates'
import { defaultNoticeTemplates, defaultReportPolicies } from './report-defaults'
import { findReportPolicies, getReportPolicies, listCategories } from './report-policies'
import {
  categoriesOf,
  maxAppealTextLength,
  maxPolicyTextLength,
  maxTemplateLength,
  noticeLocales,
  templateFault,
} from './report-rules'
import { noticeTemplatesSchema, reportPoliciesSchema } from './report-schemas'
import { setNoticeTemplates } from './set-notice-templates'
import { setReportPolicies } from './set-report-policies'

describeOnBothDatabases('what leads set for reports', (freshDb) => {
  test('holds until the next change, goes to the first of two, and is in the audit', async () => {
    const db = await freshDb()
    const lead = await addActor(db, 'lead')
    expect(await findReportPolicies(db)).toEqual(defaultReportPolicies)
    expect(await findNoticeTemplates(db)).toEqual(defaultNoticeTemplates)
    const policies = { ...defaultReportPolicies, spam: { ...defaultReportPolicies.spam, severity: 5 } }
    const both = await Promise.allSettled(
      [lead, await addActor(db, 'admin')].map((each) =>
        setReportPolicies({ db }, each, { policies, version: 0 }),
      ),
    )
    expect(both.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    await setNoticeTemplates({ db }, lead, { templates: defaultNoticeTemplates, version: 0 })
    expect((await findReportPolicies(db)).spam.severity).toBe(5)
    expect(await getNoticeTemplates({ db }, lead)).toMatchObject({ version: 1, changed: { by: lead.name } })
    expect(await db.$count(auditEvents)).toBe(2)
  })

  test('never loses a category that was saved, and reads what was saved before there were any but its own', async () => {
    const db = await freshDb()
    const lead = await addActor(db, 'lead')
    const { name: _, isRetired: __, isUrgent: ____, rank: ___, ...plain } = defaultReportPolicies.spam
    const before = Object.fromEntries(reportCategories.map((category) => [category, plain]))
    await db.insert(settings).values({ key: 'report-policies', value: before, changedBy: lead.id })
    const read = await findReportPolicies(db)
    expect(categoriesOf(read).map(({ category }) => category)).toEqual([...reportCategories])

    const doxxing = { ...read.other, name: { en: 'Doxxing', 'zh-CN': '人肉', ja: '暴露' }, rank: 0 }
    const policies = { ...read, 'custom:doxxing': doxxing } as const
    await setReportPolicies({ db }, lead, { policies, version: 1 })
    await expect(setReportPolicies({ db }, lead, { policies: read, version: 2 })).rejects.toMatchObject({
      options: { fields: { policies: 'required' } },
    })
    // Somebody who had not seen it is told so, and not that something is wrong.
    await expect(setReportPolicies({ db }, lead, { policies: read, version: 1 })).rejects.toThrow(
      'SETTINGS_CHANGED',
    )
    const retired = { ...policies, 'custom:doxxing': { ...doxxing, isRetired: true } }
    await setReportPolicies({ db }, lead, { policies: retired, version: 2 })
    expect(await listCategories({ db }, lead)).toContainEqual({
      ...{ category: 'custom:doxxing', name: doxxing.name, isRetired: true },
    })
  })

  test('is set and read by leads and administrators alone', async () => {
    const db = await freshDb()
    for (const role of roles) {
      const actor = await addActor(db, role)
      const isAllowed = role === 'lead' || role === 'admin'
      const tries = [
        () => getReportPolicies({ db }, actor),
        () => getNoticeTemplates({ db }, actor),
        ...(isAllowed
          ? []
          : [
              () => setReportPolicies({ db }, actor, { policies: defaultReportPolicies, version: 0 }),
              () => setNoticeTemplates({ db }, actor, { templates: defaultNoticeTemplates, version: 0 }),
            ]),
      ]
      for (const attempt of tries) {
        if (isAllowed) await attempt()
        else await expect(attempt()).rejects.toMatchObject({ code: 'FORBIDDEN' })
      }
    }
  })
})

describe('what people are told', () => {
  it('takes its own defaults', () => {
    expect(reportPoliciesSchema.parse(defaultReportPolicies)).toEqual(defaultReportPolicies)
    expect(noticeTemplatesSchema.parse(defaultNoticeTemplates)).toEqual(defaultNoticeTemplates)
  })

  it.each([
    ['a category less', { spam: undefined }, ['spam']],
    ['a name that is missing', { 'custom:x': defaultReportPolicies.spam }, ['custom:x', 'name']],
    ['a short name that is none', { 'custom:X y': defaultReportPolicies.spam }, ['custom:X y']],
    [
      'the last resort',
      { other: { ...defaultReportPolicies.other, isRetired: true } },
      ['other', 'isRetired'],
    ],
  ])('does not take %s', (_, change, path) => {
    const { error } = reportPoliciesSchema.safeParse({ ...defaultReportPolicies, ...change })
    expect(error?.issues.map((issue) => issue.path)).toEqual([path])
  })

  it.each([
    ['warning', '{reason} {appeal}', null],
    ['warning', '{reason}', 'required'],
    ['warning', '{reason} {appeal} {until}', 'invalid'],
    ['mute_notice', '{reason} {appeal}', 'required'],
    ['reporter_answer', 'Thank you', null],
    ['reporter_answer', 'Muted until {until}', 'invalid'],
    ['reporter_answer', ' ', 'required'],
    ['appeal_answer', '{reason} {until}', null],
    ['warning', `{reason}{appeal}${'x'.repeat(maxTemplateLength)}`, 'too_long'],
  ] as const)('%s as "%s": %s', (kind, template, fault) => {
    expect(templateFault(kind, template)).toBe(fault)
  })

  it('leaves no place open, and is never longer than any provider takes', () => {
    const pad = (max: number) => '你'.repeat(max)
    const inAll = (text: string) => ({ en: text, 'zh-CN': text, ja: text })
    const policies = Object.fromEntries(
      reportCategories.map((name) => [
        name,
        { ...defaultReportPolicies[name], text: inAll(pad(maxPolicyTextLength)) },
      ]),
    ) as typeof defaultReportPolicies // one of each category
    const places = '{reason}{until}{appeal}'
    const longest = places + pad(maxTemplateLength - places.length)
    const texts = { ...defaultNoticeTemplates.texts, mute_notice: inAll(longest) }
    const templates = { texts, appeal: inAll(pad(maxAppealTextLength)) }
    for (const locale of noticeLocales)
      for (const kind of noticeKinds) {
        const facts = { locale, category: 'spam' as const, until: Date.UTC(2026, 11, 24, 23, 59) }
        const text = noticeText(kind, facts, { templates, policies })
        expect(text).not.toMatch(/[{}]/)
        expect(Buffer.byteLength(text)).toBeLessThanOrEqual(2_048)
      }
  })
})
