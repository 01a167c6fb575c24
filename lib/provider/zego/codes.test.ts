import { createTranslator } from 'next-intl'
import { describe, expect, test } from 'vitest'
import { locales } from '@/lib/i18n/locales'
import { messagesOf } from '@/lib/i18n/messages'
import { catalogueCodes, codeMessageKey, lookUpCode } from './codes'

test('every code stands in the catalogue once, in order', () => {
  expect(catalogueCodes).toEqual([...new Set(catalogueCodes)].sort((a, b) => a - b))
  expect(catalogueCodes.length).toBeGreaterThan(80)
})

test('every documented refusal over a rate is throttled and repeated, and none may have been applied', () => {
  const throttled = catalogueCodes.filter((code) => lookUpCode(code).throttled)
  expect(throttled).toEqual([
    7, 660300005, 660300006, 660500003, 660600004, 660600005, 660600007, 660600010, 660700001,
  ])
  for (const code of throttled)
    expect(lookUpCode(code)).toMatchObject({ retryable: true, mayHaveApplied: false })
})

test('what a caller does about a code follows from it', () => {
  expect(lookUpCode(660000001)).toMatchObject({ category: 'internal', retryable: true, mayHaveApplied: true })
  expect(lookUpCode(100000010)).toMatchObject({ category: 'gateway', retryable: true, mayHaveApplied: false })
  expect(lookUpCode(100000005)).toMatchObject({ category: 'signature', retryable: false })
  expect(lookUpCode(660600032)).toMatchObject({ category: 'group', retryable: false })
  expect(lookUpCode(4711)).toMatchObject({ category: 'unknown', retryable: false, mayHaveApplied: true })
})

describe.each(locales)('the texts in %s', (locale) => {
  const messages = messagesOf(locale)

  test('tell the meaning of each code and what to do about it', () => {
    const texts = messages['provider-zego']
    expect(Object.keys(texts).sort()).toEqual([...catalogueCodes.map(String), 'unknown'].sort())
    for (const { meaning, advice } of Object.values(texts)) {
      expect(meaning.length).toBeGreaterThan(3)
      expect(advice.length).toBeGreaterThan(10)
    }
  })

  test('are found by the key of a code, known or not', () => {
    const translate = createTranslator({ locale, messages, namespace: 'provider-zego' })
    expect(translate(`${codeMessageKey(660600001)}.meaning`)).toBe(
      messages['provider-zego']['660600001'].meaning,
    )
    expect(translate(`${codeMessageKey(4711)}.meaning`)).toBe(messages['provider-zego'].unknown.meaning)
  })
})
