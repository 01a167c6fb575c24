import { expect, it } from 'vitest'
import { hasWords, isSameLanguage, languageName, surest, targetOf } from './languages'

it('what has no words is not translated', () => {
  for (const text of ['', '👋', '…', '12:30', 'https://example.com/prize?id=1', '!!! 100 %'])
    expect(hasWords(text), text).toBe(false)
  for (const text of ['ok', '你好', '🔥 FREE 🔥', 'see https://example.com', 'à', 'שלום'])
    expect(hasWords(text), text).toBe(true)
})

it('a language is taken only from an answer of the known shape that is sure of it', () => {
  const answer = (detectedLanguage: unknown, confidence: unknown) => [
    { detectedLanguage, confidence },
    { detectedLanguage: 'und', confidence: 0.01 },
  ]
  expect(surest(answer('de', 0.9))).toBe('de')
  expect(surest(answer('zh-Latn', 0.5))).toBe('zh-Latn')
  for (const wrong of [
    answer('de', 0.49),
    answer('und', 0.9),
    answer('de', '0.9'),
    answer('de', Number.NaN),
    answer('<b>', 0.9),
    answer(7, 0.9),
    [],
    [null],
    null,
    'de',
    {},
  ])
    expect(surest(wrong)).toBeNull()
})

it('who reads one kind of a language reads the other', () => {
  expect(isSameLanguage('zh-Hant', targetOf('zh-CN'))).toBe(true)
  expect(isSameLanguage('EN', targetOf('en'))).toBe(true)
  expect(isSameLanguage('ja', targetOf('zh-CN'))).toBe(false)
  expect(languageName('de', 'ja')).toBe('ドイツ語')
  expect(languageName('qqx', 'en')).toBe('qqx')
})
