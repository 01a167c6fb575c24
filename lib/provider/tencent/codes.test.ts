import { createTranslator } from 'next-intl'
import { describe, expect, test } from 'vitest'
import { locales } from '@/lib/i18n/locales'
import { messagesOf } from '@/lib/i18n/messages'
import { providerErrorKinds } from '../errors'
import { catalogueCodes, codeMessageKey, lookUpCode } from './codes'

test('every code stands in the catalogue once, in order', () => {
  expect(catalogueCodes).toEqual([...new Set(catalogueCodes)].sort((a, b) => a - b))
  expect(catalogueCodes.length).toBeGreaterThan(90)
})

test('what a caller does about a code follows from it', () => {
  expect(lookUpCode(60007)).toMatchObject({
    category: 'rate',
    retryable: true,
    throttled: true,
    mayHaveApplied: false,
  })
  expect(lookUpCode(130014)).toMatchObject({
    category: 'internal',
    retryable: true,
    throttled: false,
    mayHaveApplied: true,
  })
  expect(lookUpCode(70009)).toMatchObject({ category: 'signature', retryable: false, mayHaveApplied: false })
  expect(lookUpCode(1)).toMatchObject({ category: 'unknown', retryable: false, mayHaveApplied: true })
})

test('every documented refusal over a rate is throttled, and nothing that may have been applied is', () => {
  const throttled = catalogueCodes.filter((code) => lookUpCode(code).throttled)
  expect(throttled).toEqual([10006, 10023, 60007, 60011, 60018, 60019, 70050, 70114])
  expect(throttled.filter((code) => lookUpCode(code).mayHaveApplied)).toEqual([])
})

test('the codes that the pages of the group and history commands name are known', () => {
  const named = [
    [10002, 10003, 10004, 10005, 10006, 10007, 10008, 10010, 10015, 10016, 10018, 10019, 10026],
    [11000, 80001, 90001, 90003, 90008, 90009, 91000, 110003],
  ].flat()
  expect(named.filter((code) => lookUpCode(code).category === 'unknown')).toEqual([])
  for (const code of [10004, 10007, 10010, 10015, 110003])
    expect(lookUpCode(code)).toMatchObject({ category: 'group', retryable: false, mayHaveApplied: false })
})

describe.each(locales)('the texts in %s', (locale) => {
  const messages = messagesOf(locale)

  test('tell the meaning of each code and what to do about it', () => {
    const texts = messages['provider-tencent']
    expect(Object.keys(texts).sort()).toEqual([...catalogueCodes.map(String), 'unknown'].sort())
    for (const { meaning, advice } of Object.values(texts)) {
      expect(meaning.length).toBeGreaterThan(3)
      expect(advice.length).toBeGreaterThan(10)
    }
  })

  test('tell each kind of failure and what to do about it', () => {
    expect(Object.keys(messages.provider).sort()).toEqual([...providerErrorKinds].sort())
  })

  test('are found by the key of a code, known or not', () => {
    const translate = createTranslator({ locale, messages, namespace: 'provider-tencent' })
    const known = translate(`${codeMessageKey(70107)}.meaning`)
    const unknown = translate(`${codeMessageKey(4711)}.meaning`)
    expect(known).toBe(messages['provider-tencent']['70107'].meaning)
    expect(unknown).toBe(messages['provider-tencent'].unknown.meaning)
  })
})
