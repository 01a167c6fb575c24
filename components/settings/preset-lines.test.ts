import { describe, expect, it } from 'vitest'
import { maxMuteSeconds } from '@/lib/mutes/rules'
import { defaultMutePresets } from '@/lib/settings/schemas'
import { linesOf, moveLine, nextId, presetText, readPreset, readPresets } from './preset-lines'

const lines = (...texts: string[]) => texts.map((text, id) => ({ id, text }))

describe('the lines of the presets', () => {
  it('are written so that they can be read back', () => {
    expect(defaultMutePresets.map(presetText)).toEqual(['10m', '1h', '24h', '7d', '30d', 'forever'])
    for (const preset of [...defaultMutePresets, { seconds: 129_600 }, { seconds: 61 }])
      expect(readPreset(presetText(preset))).toEqual({ preset })
  })

  it.each([
    ['24h', { preset: { seconds: 86_400 } }],
    [' Forever ', { preset: 'forever' }],
    ['1m', { preset: { seconds: 60 } }],
    ['59s', { error: 'tooShort' }],
    ['', { error: 'required' }],
    ['10', { error: 'invalid' }],
    ['0m', { error: 'not_positive' }],
    [`${maxMuteSeconds + 1}s`, { error: 'beyond_maximum' }],
  ])('%j is read', (text, expected) => {
    expect(readPreset(text)).toEqual(expected)
  })

  it('are told apart by their length, not by how it is written', () => {
    expect(readPresets(lines('1d', 'x', '24h', '60m'))).toEqual({
      errors: new Map([
        [1, 'invalid'],
        [2, 'duplicate'],
      ]),
    })
    expect(readPresets(lines('1h', 'forever'))).toEqual({ presets: [{ seconds: 3_600 }, 'forever'] })
  })

  it('move by one place and no further than the ends', () => {
    const [a, b, c] = linesOf([{ seconds: 60 }, { seconds: 120 }, 'forever'])
    const all = [a, b, c].flatMap((line) => line ?? [])
    expect(moveLine(all, 2, -1)).toEqual([a, c, b])
    expect(moveLine(all, 0, 1)).toEqual([b, a, c])
    expect(moveLine(all, 0, -1)).toEqual(all)
    expect(moveLine(all, 2, 1)).toEqual(all)
    expect(moveLine(all, 99, 1)).toEqual(all)
    expect([nextId(moveLine(all, 2, -1)), nextId([])]).toEqual([3, 0])
  })
})
