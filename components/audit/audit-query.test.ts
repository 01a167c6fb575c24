import { describe, expect, it } from 'vitest'
import { pageLinks, readAuditQuery, type SearchParams } from './audit-query'

const shanghai = 'Asia/Shanghai'
const read = (params: SearchParams) => readAuditQuery(params, shanghai)

describe('readAuditQuery', () => {
  it('lists everything when nothing is asked for', () => {
    expect(read({})).toMatchObject({ input: {}, trail: [], href: '/audit', isCanonical: true })
  })

  it('drops what the form left empty', () => {
    expect(read({ type: '', userId: 'user 1', from: '' })).toMatchObject({
      input: { userId: 'user 1' },
      href: '/audit?userId=user+1',
      isCanonical: false,
    })
  })

  it('takes wall-clock times of the moderator, and links with instants that keep the whole last minute', () => {
    const form = read({ from: '2026-11-21T08:00', to: '2026-11-21T09:30' })
    expect(form.isCanonical).toBe(false)
    expect(form.href).toBe('/audit?from=2026-11-21T00%3A00Z&to=2026-11-21T01%3A30Z')
    const link = read({ from: '2026-11-21T00:00Z', to: '2026-11-21T01:30Z' })
    expect(link).toMatchObject({
      isCanonical: true,
      input: { from: Date.UTC(2026, 10, 21), to: Date.UTC(2026, 10, 21, 1, 30, 59, 999) },
      fields: { from: '2026-11-21T08:00', to: '2026-11-21T09:30' },
    })
  })

  it.each([
    { type: 'mute.exploded' },
    { outcome: 'maybe' },
    { actorId: 'me' },
    { connection: '../etc' },
    { userId: 'x'.repeat(33) },
    { from: 'yesterday' },
    { to: '2026-02-30T00:00Z' },
    { before: '0' },
    { before: 'first' },
  ])('lists nothing for %j', (params) => {
    expect(read(params).input).toBeNull()
  })

  it('takes the first meaning of nothing given twice', () => {
    expect(read({ outcome: ['ok', 'failed'] })).toMatchObject({ input: {}, isCanonical: false })
  })

  it.each(['x', '1-', '-5', '1.5', Array(41).fill('7').join('-')])('forgets a trail like %s', (trail) => {
    expect(read({ before: '5', trail }).trail).toEqual([])
  })
})

describe('pageLinks', () => {
  const follow = (href: string | null) => {
    const params = Object.fromEntries(new URLSearchParams((href ?? '').split('?')[1] ?? ''))
    const query = read(params)
    expect(query.isCanonical).toBe(true)
    return query
  }

  it('lead three pages down and the same way up again, filters kept', () => {
    const first = read({ outcome: 'denied' })
    const second = follow(pageLinks(first, 900).older)
    const third = follow(pageLinks(second, 800).older)
    const fourth = follow(pageLinks(third, 700).older)
    expect(fourth.input).toEqual({ outcome: 'denied', before: 700 })
    expect(follow(pageLinks(fourth, null).newer).input).toEqual(third.input)
    expect(follow(pageLinks(third, null).newer).input).toEqual(second.input)
    expect(pageLinks(second, null)).toEqual({ newer: '/audit?outcome=denied', newest: null, older: null })
    expect(pageLinks(first, null)).toEqual({ newer: null, newest: null, older: null })
    expect(pageLinks(fourth, null).newest).toBe('/audit?outcome=denied')
  })

  it('remembers only so many pages', () => {
    let query = read({})
    for (let before = 10_000; before > 4_000; before -= 50) query = follow(pageLinks(query, before).older)
    expect(query.trail).toHaveLength(40)
  })
})
