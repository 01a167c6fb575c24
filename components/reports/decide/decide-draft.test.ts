import { beforeEach, expect, it, vi } from 'vitest'
import { keepForm, keptForm } from './decide-draft'
import { type DecideForm, emptyForm } from './decide-model'

const kept = new Map<string, string>()
beforeEach(() => {
  kept.clear()
  vi.stubGlobal('sessionStorage', {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  })
  return () => vi.unstubAllGlobals()
})

const filled: DecideForm = {
  verdict: 'valid',
  action: 'mute',
  place: 'topic',
  length: '3600',
  durationText: '3h',
  isKicked: true,
  reasonText: 'Links',
  overrideReason: 'Told yesterday',
  tellsAccused: false,
  language: 'zh-CN',
  tellsReporters: false,
  closeWith: ['one'],
  looksAgain: true,
  muteReporterDays: 7,
}

it('a form is kept for its case alone, until it is forgotten', () => {
  keepForm('a', filled)
  expect(keptForm('a')).toEqual(filled)
  expect(keptForm('b')).toBe(emptyForm)
  keepForm('a', null)
  expect(keptForm('a')).toBe(emptyForm)
  keepForm('a', { ...emptyForm, verdict: 'duplicate' })
  expect(keptForm('a').verdict).toBe('duplicate')
})

it('what is kept there and is no such form is dropped', () => {
  keepForm('a', filled)
  const [key = ''] = kept.keys()
  const { looksAgain, ...lacking } = filled
  for (const wrong of [
    '{',
    'null',
    '[]',
    '"valid"',
    lacking,
    { ...filled, more: looksAgain },
    { ...filled, verdict: 'guilty' },
    { ...filled, reasonText: null },
    { ...filled, closeWith: 'one' },
    { ...filled, closeWith: [1] },
    { ...filled, tellsAccused: 'yes' },
    { ...filled, muteReporterDays: 8 },
    { ...filled, place: 'world' },
  ]) {
    kept.set(key, typeof wrong === 'string' ? wrong : JSON.stringify(wrong))
    expect(keptForm('a'), JSON.stringify(wrong)).toBe(emptyForm)
  }
})

it('where the browser keeps nothing, a form begins empty', () => {
  vi.stubGlobal('sessionStorage', undefined)
  keepForm('a', filled)
  expect(keptForm('a')).toBe(emptyForm)
})
