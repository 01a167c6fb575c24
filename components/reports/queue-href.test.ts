import { expect, it } from 'vitest'
import { caseHref, queueHref } from './queue-href'
import { readCaseList, readQueueQuery } from './queue-query'

const id = '00000000-0000-4000-8000-000000000000'
const at = `-5.1700000000000.${id}`

it('a case’s URL names the list that it is opened from, and reads back as that list', () => {
  const { fields } = readQueueQuery({ tab: 'held', accused: 'lin 88' })
  const href = caseHref(id, { ...fields, at })
  expect(href).toBe(`/reports/${id}?tab=held&accused=lin+88&at=${at}`)
  const from = readCaseList(Object.fromEntries(new URLSearchParams(href.split('?')[1])))
  expect(from?.list).toEqual({ tab: 'held', accused: 'lin 88', at })
  expect(from?.input).toEqual({ tab: 'held', accused: 'lin 88', at: [-5, 1_700_000_000_000, id] })
  expect(from && queueHref(from.list, 'x')).toBe('/reports?tab=held&accused=lin+88&after=x')
  expect(from && caseHref(id, from.list)).toBe(href)
})

it('without a tab, or with one that cannot be, a case was opened from no list', () => {
  expect(caseHref(id, null)).toBe(`/reports/${id}`)
  expect(readCaseList({})).toBeNull()
  for (const wrong of [
    { accused: 'lin' },
    { tab: 'all' },
    { tab: 'new', at: '1' },
    { tab: 'new', connection: 'SG' },
    { tab: ['new', 'held'] },
  ])
    expect(readCaseList(wrong)).toBeNull()
  expect(readCaseList({ tab: 'new', who: 'me' })?.list).toEqual({ tab: 'new' })
})
