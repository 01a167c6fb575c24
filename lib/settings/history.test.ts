import { describe, expect, it, test } from 'vitest'
import { roles } from '@/lib/auth/roles'
import type { Context } from '@/lib/context'
import { auditEvents, settingVersions } from '@/lib/db/schema'
import { describeOnBothDatabases } from '@/lib/testing/fresh-db'
import { addActor } from '@/lib/testing/moderators'
import { presetDifferences, protectedDifferences } from './differences'
import { getMutePresets } from './get-mute-presets'
import { listSettingVersions } from './list-versions'
import { defaultNoticeTemplates, defaultReportPolicies } from './report-defaults'
import { policyDifferences, templateDifferences } from './report-differences'
import { getReportPolicies } from './report-policies'
import { categoriesOf, type ReportPolicies } from './report-rules'
import { restoreSetting } from './restore'
import { type MutePreset, settingKeys } from './rules'
import { setApprovalAbove } from './set-approval-above'
import { setMutePresets } from './set-mute-presets'
import { setReportPolicies } from './set-report-policies'

const connections: Context['connections'] = []
const hour: MutePreset = { seconds: 3_600 }
const day: MutePreset = { seconds: 86_400 }
const doxxing = {
  ...defaultReportPolicies.other,
  name: { en: 'Doxxing', 'zh-CN': '人肉', ja: '暴露' },
  rank: 0,
}
const withDoxxing: ReportPolicies = { ...defaultReportPolicies, 'custom:doxxing': doxxing }

describeOnBothDatabases('the history of a setting', (freshDb) => {
  test('has every value with its author, and what an earlier one was comes back as a change like any other', async () => {
    const db = await freshDb()
    const [lead, admin] = [await addActor(db, 'lead'), await addActor(db, 'admin')]
    const history = () => listSettingVersions({ db, connections }, lead, { key: 'mute-presets' })
    expect(await history()).toEqual({
      versions: [{ version: 0, changed: null, differences: [], isReadable: true }],
      next: null,
    })
    await setMutePresets({ db }, lead, { presets: [hour, day, 'forever'], version: 0 })
    await setMutePresets({ db }, admin, { presets: [day, hour], version: 1 })
    const restored = { key: 'mute-presets', restored: 1 } as const
    await expect(restoreSetting({ db }, lead, { ...restored, version: 1 })).rejects.toMatchObject({
      code: 'SETTINGS_CHANGED',
      options: { details: { by: admin.name } },
    })
    expect(await restoreSetting({ db }, lead, { ...restored, version: 2 })).toEqual({ version: 3 })
    expect((await getMutePresets({ db }, lead)).presets).toEqual([hour, day, 'forever'])
    const { versions } = await history()
    expect(versions.map(({ version, changed }) => [version, changed?.by])).toEqual([
      [3, lead.name],
      [2, admin.name],
      [1, lead.name],
      [0, undefined],
    ])
    expect(versions[1]?.differences).toEqual([
      { what: 'lengths', added: [], removed: ['forever'] },
      { what: 'lengthOrder', before: [hour, day], after: [day, hour] },
    ])
    expect(await db.$count(auditEvents)).toBe(3)
    await restoreSetting({ db }, lead, { key: 'mute-presets', restored: 0, version: 3 })
    expect(await db.$count(settingVersions)).toBe(4)
  })

  test('gets exactly one version from changes that race, restored or typed', async () => {
    const db = await freshDb()
    const leads = [await addActor(db, 'lead'), await addActor(db, 'admin')] as const
    await setApprovalAbove({ db }, leads[0], { accounts: 7, version: 0 })
    const outcomes = await Promise.allSettled([
      setApprovalAbove({ db }, leads[0], { accounts: 8, version: 1 }),
      restoreSetting({ db }, leads[1], { key: 'bulk-approval-above', restored: 0, version: 1 }),
      setApprovalAbove({ db }, leads[1], { accounts: 9, version: 1 }),
    ])
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    const { versions } = await listSettingVersions({ db, connections }, leads[0], {
      key: 'bulk-approval-above',
    })
    expect(versions.map(({ version }) => version)).toEqual([2, 1, 0])
    expect(await db.$count(auditEvents)).toBe(2)
  })

  test('goes on page by page, and tells what it does not know', async () => {
    const db = await freshDb()
    const lead = await addActor(db, 'lead')
    const key = 'bulk-approval-above'
    // From the fifth on, as a console has it whose history began late; the seventh is not of this time.
    await db.insert(settingVersions).values(
      Array.from({ length: 25 }, (_, index) => ({
        ...{ key, version: index + 5, changedAt: index, changedBy: lead.id },
        value: index === 2 ? 'many' : index,
      })),
    )
    const first = await listSettingVersions({ db, connections }, lead, { key })
    expect([first.versions.length, first.next]).toEqual([20, 10])
    expect(first.versions.at(-1)?.differences).toEqual([{ what: 'approval', before: 4, after: 5 }])
    const { versions, next } = await listSettingVersions({ db, connections }, lead, { key, before: 10 })
    expect(next).toBeNull()
    expect(
      versions.map(({ version, differences, isReadable }) => [version, differences, isReadable]),
    ).toEqual([
      [9, [{ what: 'approval', before: 3, after: 4 }], true],
      [8, null, true],
      [7, null, false],
      [6, [{ what: 'approval', before: 0, after: 1 }], true],
      [5, null, true],
      [0, [], true],
    ])
    const from = { db }
    await expect(restoreSetting(from, lead, { key, restored: 7, version: 0 })).rejects.toMatchObject({
      code: 'INVALID_INPUT',
    })
    await expect(restoreSetting(from, lead, { key, restored: 4, version: 0 })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    })
  })

  test('retires the categories that there were not yet', async () => {
    const db = await freshDb()
    const lead = await addActor(db, 'lead')
    await setReportPolicies({ db }, lead, { policies: withDoxxing, version: 0 })
    await restoreSetting({ db }, lead, { key: 'report-policies', restored: 0, version: 1 })
    const { policies } = await getReportPolicies({ db }, lead)
    expect(categoriesOf(policies).at(-1)).toMatchObject({ category: 'custom:doxxing', isRetired: true })
    const { 'custom:doxxing': _, ...rest } = policies
    expect(rest).toEqual(defaultReportPolicies)
  })

  test('is read and set back by leads and administrators alone', async () => {
    const db = await freshDb()
    for (const role of roles) {
      const actor = await addActor(db, role)
      for (const key of settingKeys) {
        const tries = [
          listSettingVersions({ db, connections }, actor, { key }),
          restoreSetting({ db }, actor, { key, restored: 0, version: role === 'admin' ? 1 : 0 }),
        ]
        for (const attempt of await Promise.allSettled(tries)) {
          if (role === 'lead' || role === 'admin') expect(attempt.status).toBe('fulfilled')
          else expect(attempt).toMatchObject({ reason: { code: 'FORBIDDEN' } })
        }
      }
    }
    expect(await db.$count(settingVersions)).toBe(2 * settingKeys.length)
  })
})

describe('what differs', () => {
  it('tells lengths and accounts that came, went or moved', () => {
    expect(presetDifferences([hour, day], [day, 'forever'])).toEqual([
      { what: 'lengths', added: ['forever'], removed: [hour] },
    ])
    const [host, owner] = [
      { connection: 'sg', userId: 'host' },
      { connection: 'zim', userId: 'owner' },
    ]
    expect(protectedDifferences([host], [owner])).toEqual([
      { what: 'protected', connection: 'zim', added: ['owner'], removed: [] },
      { what: 'protected', connection: 'sg', added: [], removed: ['host'] },
    ])
    expect(protectedDifferences([host, owner], [owner, host])).toEqual([])
  })

  it('tells each field of a category by the name it has since', () => {
    const after: ReportPolicies = {
      ...withDoxxing,
      'custom:doxxing': { ...doxxing, isRetired: true, rank: 9 },
      spam: {
        ...defaultReportPolicies.spam,
        ...{ severity: 5, slaSeconds: 60, decayDays: 1, ladder: ['forever'] },
        ...{ name: doxxing.name, text: { ...defaultReportPolicies.spam.text, ja: '禁止' } },
      },
    }
    const found = policyDifferences(withDoxxing, after)
    const whats = ['name', 'name', 'name', 'severity', 'sla', 'ladder', 'decay', 'text', 'categoryRetired']
    expect(found.map(({ what }) => what)).toEqual([...whats, 'categoryOrder'])
    expect(found[3]).toEqual({
      ...{ what: 'severity', before: 2, after: 5 },
      of: { category: 'spam', name: doxxing.name },
    })
    expect(policyDifferences(defaultReportPolicies, withDoxxing)).toEqual([
      { what: 'categoryAdded', of: { category: 'custom:doxxing', name: doxxing.name } },
    ])
  })

  it('tells each message in each language', () => {
    const { texts, appeal } = defaultNoticeTemplates
    const after = {
      texts: { ...texts, warning: { ...texts.warning, en: '{reason} {appeal}' } },
      appeal: { ...appeal, ja: 'なし' },
    }
    expect(templateDifferences(defaultNoticeTemplates, after)).toEqual([
      {
        ...{ what: 'template', kind: 'warning', language: 'en' },
        ...{ before: texts.warning.en, after: '{reason} {appeal}' },
      },
      { what: 'appeal', language: 'ja', before: appeal.ja, after: 'なし' },
    ])
  })
})
