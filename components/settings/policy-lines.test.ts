import { expect, it } from 'vitest'
import { defaultReportPolicies } from '@/lib/settings/report-defaults'
import { readPolicies, readPolicy, writePolicy } from './policy-lines'

const spam = writePolicy(defaultReportPolicies.spam)

it('reads what it writes', () => {
  for (const policy of Object.values(defaultReportPolicies))
    expect(readPolicy(writePolicy(policy))).toEqual({ policy })
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

it('takes all categories or none', () => {
  const drafts = Object.fromEntries(
    Object.entries(defaultReportPolicies).map(([name, policy]) => [name, writePolicy(policy)]),
  ) as Parameters<typeof readPolicies>[0] // an entry of each category
  expect(readPolicies(drafts)).toEqual(defaultReportPolicies)
  expect(readPolicies({ ...drafts, spam: { ...spam, decay: '' } })).toBeNull()
})
