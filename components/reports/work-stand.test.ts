import { expect, it } from 'vitest'
import type { CaseDto } from '@/lib/reports/case-schemas'
import { standOf } from './work-stand'

const one = (about: Partial<CaseDto>) => ({ status: 'new', claim: null, held: null, ...about }) as CaseDto
const claim = { by: 'Ann', isYours: true, until: 9, isLive: true }
const held = { until: 9, for: 'Ben', isForYou: false }

it.each([
  ['a new case', one({}), false, { kind: 'free', canClaim: true, canChange: true }],
  [
    'this tab’s',
    one({ status: 'claimed', claim }),
    true,
    { kind: 'yours', isElsewhere: false, canClaim: false, canChange: true },
  ],
  [
    'another tab’s',
    one({ status: 'claimed', claim }),
    false,
    { kind: 'other_tab', isElsewhere: true, takesOver: true, canChange: false },
  ],
  [
    'a colleague’s, whatever this tab remembers',
    one({ status: 'claimed', claim: { ...claim, isYours: false } }),
    true,
    { kind: 'other', isElsewhere: true, name: 'Ann', canClaim: false, canChange: false },
  ],
  [
    'one whose claim has lapsed',
    one({ status: 'claimed', claim: { ...claim, isYours: false, isLive: false } }),
    false,
    { kind: 'free', words: 'lapsed', canClaim: true },
  ],
  [
    'one handed to a colleague',
    one({ status: 'waiting', held }),
    false,
    { kind: 'handed', isElsewhere: true, name: 'Ben', canClaim: true, takesOver: true },
  ],
  [
    'one handed to oneself',
    one({ status: 'waiting', held: { ...held, isForYou: true } }),
    false,
    { kind: 'handed', isElsewhere: false, words: 'handedYou', takesOver: false },
  ],
  [
    'one on hold',
    one({ status: 'waiting', held: { ...held, for: null } }),
    false,
    { kind: 'held', canClaim: true },
  ],
  ['a closed one', one({ status: 'closed' }), true, { kind: 'ended', canClaim: false, canChange: false }],
] as const)('%s', (_, row, hasToken, stand) => {
  expect(standOf(row, hasToken)).toMatchObject(stand)
})
