import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { safePieces } from './safe-pieces'

const shown = (text: string, maxLength?: number) =>
  safePieces(text, maxLength)
    .pieces.map((piece) => (piece.kind === 'text' ? piece.text : `⟨${piece.code}⟩`))
    .join('')

describe('safePieces', () => {
  it.each([
    'Lin Mei',
    '小林さん',
    '林　美玲',
    'مُحَمَّد',
    'می‌خواهم',
    'क्‍ष',
    'Zoë',
    'Ngô Thị Hạnh',
    '👩‍👩‍👧‍👦',
    '👍🏽',
    '❤️',
    '1️⃣',
    '🏴󠁧󠁢󠁳󠁣󠁴󠁿',
    '@TGS#_abc 12%',
  ])('leaves %s as it is', (name) => {
    expect(shown(name)).toBe(name)
  })

  it.each([
    ['turned writing direction', 'abc\u202Efdp.exe', 'abc⟨U+202E⟩fdp.exe'],
    ['zero width space', 'ad\u200Bmin', 'ad⟨U+200B⟩min'],
    ['joiner in a Latin word', 'ad\u200Dmin', 'ad⟨U+200D⟩min'],
    ['line break', 'a\nb', 'a⟨U+000A⟩b'],
    ['unpaired surrogate', 'a\uD800b', 'a⟨U+D800⟩b'],
    ['Hangul filler', '\u3164', '⟨U+3164⟩'],
    ['Braille blank', '\u2800', '⟨U+2800⟩'],
    ['variation selector after a letter', 'a\uFE0F', 'a⟨U+FE0F⟩'],
    ['tag letters', 'a\u{E0041}', 'a⟨U+E0041⟩'],
    ['no-break space', 'a\u00A0b', 'a⟨U+00A0⟩b'],
    ['blanks at the ends', ' admin ', '⟨U+0020⟩admin⟨U+0020⟩'],
    ['blanks in a row', 'a  b', 'a ⟨U+0020⟩b'],
    ['only blanks', '   ', '⟨U+0020⟩⟨U+0020⟩⟨U+0020⟩'],
  ])('shows a %s', (_, text, result) => {
    expect(shown(text)).toBe(result)
  })

  it('holds marks to three a letter', () => {
    expect(shown(`Z${'\u0321'.repeat(40)}a\u0301`)).toBe(`Z${'\u0321'.repeat(3)}a\u0301`)
  })

  it('cuts by letters, not through an emoji', () => {
    expect(safePieces('👩‍👩‍👧x', 1)).toEqual({ pieces: [{ kind: 'text', text: '👩‍👩‍👧' }], isCut: true })
    expect(safePieces('abc', 3).isCut).toBe(false)
    expect(safePieces('abcd', 3)).toEqual({ pieces: [{ kind: 'text', text: 'abc' }], isCut: true })
  })

  it('never lets a control or direction character through, whatever the text', () => {
    const nasty = fc.constantFrom(
      '\u202E',
      '\u2066',
      '\u200F',
      '\u0000',
      '\u0085',
      '\uFEFF',
      '\u00AD',
      '\u2028',
    )
    fc.assert(
      fc.property(fc.array(fc.oneof(nasty, fc.string({ unit: 'binary', maxLength: 3 }))), (parts) => {
        const { pieces } = safePieces(parts.join(''), 1_000)
        const plain = pieces.map((piece) => (piece.kind === 'text' ? piece.text : '')).join('')
        expect(plain).not.toMatch(
          /[\p{Cc}\p{Cs}\u061C\u200B\u200E\u200F\u202A-\u202E\u2060-\u206F\uFEFF\u00AD]/u,
        )
      }),
    )
  })
})
