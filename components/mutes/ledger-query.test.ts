import { expect, test } from 'vitest'
import { writeCursor } from '@/lib/mutes/ledger-schemas'
import { ledgerLinks, readLedgerQuery } from './ledger-query'

test('lists everything when nothing is asked for', () => {
  expect(readLedgerQuery({})).toMatchObject({
    input: {},
    href: '/mutes',
    isPaged: false,
    isCanonical: true,
  })
})

test('drops what the form left empty', () => {
  expect(readLedgerQuery({ groupId: '@TGS#1 a', ends: '', scope: '' })).toMatchObject({
    input: { groupId: '@TGS#1 a' },
    href: '/mutes?groupId=%40TGS%231+a',
    isCanonical: false,
  })
})

test.each([
  { connection: '../etc' },
  { scope: 'everywhere' },
  { groupId: 'x'.repeat(97) },
  { actorId: 'me' },
  { category: 'boredom' },
  { ends: 'soon' },
  { drift: 'yes' },
  { after: 'x' },
  { before: '1' },
])('lists nothing for %j', (params) => {
  expect(readLedgerQuery(params).input).toBeNull()
})

test('the pages beside this one keep the filters, and so does the file', () => {
  const cursor = {
    until: 'forever',
    connection: 'sg',
    userId: 'a &=#%',
    groupId: '@TGS#1',
    topicId: '',
    scope: 'group',
  } as const
  const text = writeCursor(cursor)
  const links = ledgerLinks(readLedgerQuery({ ends: 'never' }), { next: text, previous: null })
  expect(links).toMatchObject({ first: null, previous: null, file: '/api/mutes/export?ends=never' })
  const params = Object.fromEntries(new URL(links.next ?? '', 'http://console').searchParams)
  const second = readLedgerQuery(params)
  expect(second).toMatchObject({ input: { ends: 'never', after: cursor }, isPaged: true, isCanonical: true })
  expect(ledgerLinks(second, { next: null, previous: text })).toMatchObject({
    first: '/mutes?ends=never',
    previous: expect.stringMatching(/^\/mutes\?ends=never&before=forever%0Asg%0A/),
    next: null,
  })
})
