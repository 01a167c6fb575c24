import { describe, expect, it } from 'vitest'
import { isLocale, localeOfHeader } from './locales'
import { themeOf, timeZoneOf } from './preferences'

describe('localeOfHeader', () => {
  it.each([
    [null, 'en'],
    ['', 'en'],
    ['ja', 'ja'],
    ['ja-JP,en;q=0.5', 'ja'],
    ['en;q=0.5, ja;q=0.9', 'ja'],
    ['zh-TW', 'zh-CN'],
    ['zh-Hans-CN, en', 'zh-CN'],
    ['fr, de', 'en'],
    ['fr, zh;q=0.1', 'zh-CN'],
    ['ja;q=0, zh', 'zh-CN'],
    ['ja;q=nonsense', 'en'],
    [`ja,${'x'.repeat(2_000)}`, 'en'],
  ])('reads %s as %s', (header, locale) => {
    expect(localeOfHeader(header)).toBe(locale)
  })
})

describe('what a cookie says', () => {
  it('names a language only by its exact tag', () => {
    expect([isLocale('zh-CN'), isLocale('zh'), isLocale(undefined)]).toEqual([true, false, false])
  })

  it('names a theme, or leaves it to the system', () => {
    expect([themeOf('dark'), themeOf('"><script>'), themeOf(undefined)]).toEqual(['dark', 'system', 'system'])
  })

  it('names a time zone that exists, or means UTC', () => {
    expect(timeZoneOf('Asia/Shanghai')).toBe('Asia/Shanghai')
    for (const text of [undefined, '', 'Mars/Olympus', '<b>', 'A'.repeat(100)])
      expect(timeZoneOf(text)).toBe('UTC')
  })
})
