import { expect, it } from 'vitest'
import { queueHref } from './queue-href'
import { readQueueQuery } from './queue-query'

const id = '00000000-0000-4000-8000-000000000000'

it('the queue’s URL is its tab, its filters and the place to go on from', () => {
  expect(readQueueQuery({})).toMatchObject({ input: { tab: 'new' }, isCanonical: true, isNarrowed: false })
  const query = readQueueQuery({ tab: 'done', accused: 'lin 88', after: `-5.1700000000000.${id}` })
  expect(query).toMatchObject({
    ...{ isNarrowed: true, isPaged: true, isCanonical: true },
    input: { tab: 'done', accused: 'lin 88', after: [-5, 1_700_000_000_000, id] },
  })
  expect(queueHref(query.fields)).toBe('/reports?tab=done&accused=lin+88')
  expect(queueHref({ ...query.fields, tab: 'new', accused: '' }, 'x')).toBe('/reports?after=x')
})

it('an empty or unknown parameter is left out, an impossible one is told', () => {
  expect(readQueueQuery({ tab: '', who: 'me' })).toMatchObject({ href: '/reports', isCanonical: false })
  for (const wrong of [
    { tab: 'all' },
    { after: '1' },
    { accused: 'x'.repeat(33) },
    { after: `1.2.${'-'.repeat(36)}` },
  ])
    expect(readQueueQuery(wrong).input).toBeNull()
})
