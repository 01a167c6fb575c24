import { expect, it } from 'vitest'
import { reportCategories } from '@/lib/reports/rules'
import { defaultReportPolicies } from '@/lib/settings/report-defaults'
import { readPolicy, writePolicy } from './policy-lines'

const spam = writePolicy(defaultReportPolicies.spam)

it('reads what it writes', () => {
  for (const category of reportCategories) {
    const { name: _, isRetired: __, isUrgent: ____, rank: ___, ...policy } = defaultReportPolicies[category]
    expect(readPolicy(writePolicy(policy))).toEqual({ policy })
  }
  expect(spam.ladder).toBe('warn, 1h, 1d, 7d')
})

it.each([
  [{ severity: '6' }, 'severity'],
  [{ severity: '' }, 'severity'],
  [{ sla: '30s' }, 'sla'],
  [{ sla: 'soon' }, 'sla'],
  [{ ladder: 'warn, 5s' }, 'ladder'],
  [{ ladder: '' }, 'ladder'],
  [{ ladder: Array(9).fill('1h').join() }, 'ladder'],
  [{ decay: '0' }, 'decay'],
  [{ en: '{reason}' }, 'en'],
  [{ ja: ' ' }, 'ja'],
])('says that %j cannot be', (change, field) => {
  expect(readPolicy({ ...spam, ...change })).toEqual({ faults: { [field]: true } })
})
