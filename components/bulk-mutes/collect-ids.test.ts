import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { collect, entriesOfText, hasSpaces, runsOf, separatedAtSpaces, separatedEntries } from './collect-ids'

const textsOf = (text: string) => entriesOfText(text).map((entry) => entry.text)

/** Ids without what separates or quotes them in a text. */
const plainId = fc
  .string({ unit: 'grapheme-ascii', minLength: 1, maxLength: 32 })
  .map((text) => text.replaceAll(/[,;"']/g, '').trim())
  .filter((text) => text !== '' && text.toLowerCase() !== 'user_id')
const separator = fc.constantFrom(
  '\n',
  '\r\n',
  '\r',
  ',',
  ';',
  '\t',
  ' , ',
  '\n\n',
  '，',
  '、',
  '；',
  ',\n',
  '\u3000',
  '\u2028',
)

describe('a pasted text', () => {
  it('gives every id between any separators, in order', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(plainId, separator), { maxLength: 30 }), (parts) => {
        expect(textsOf(parts.map(([id, after]) => id + after).join(''))).toEqual(parts.map(([id]) => id))
      }),
    )
  })

  it.each([
    ['spaces, # % @ inside stay, blanks around go', '  a b#1%2@3  ,\u3000c\u00a0', ['a b#1%2@3', 'c']],
    [
      'quotation marks keep separators, blanks and an apostrophe',
      '"a,b;c ""d"" ", "\'=x"',
      ['a,b;c "d" ', "'=x"],
    ],
    ['a quotation mark inside is one of the id', 'a"b,c"', ['a"b', 'c"']],
    ['an apostrophe before a formula is not of the id', "'=x\n'-y\n'z", ['=x', '-y', "'z"]],
    ['the heading of a copied column', 'User_ID\r\na', ['a']],
    ['a JSON list', '[\n  "a b", "c,d",\n  "e"\n]\n', ['a b', 'c,d', 'e']],
    ['a JSON list with an empty one, which is named', '["a", "" , "b"]', ['a', '', 'b']],
    ['empty quotation marks, which name nobody', '"",a,""', ['', 'a', '']],
    ['an id of quotation marks', '"""""",""""', ['""', '"']],
    ['what only looks like one', '["a", b]', ['["a"', 'b]']],
    ['an id in brackets', '[a]', ['[a]']],
    ['nothing', ' \n\t,;\n', []],
  ])('%s', (_, text, ids) => {
    expect(textsOf(text)).toEqual(ids)
  })

  it.each([
    ['a b  c', ['a', 'b', 'c']],
    ['a, b c ;d\n e f \n', ['a', 'b', 'c', 'd', 'e', 'f']],
    ['"a b" c,"d, e"', ['"a', 'b"', 'c', 'd, e']],
    ['"a b",c d', ['a b', 'c', 'd']],
    ['a\u00a0b', ['a', 'b']],
  ])('%j is separated at its spaces where that is wished', (text, ids) => {
    const separated = separatedAtSpaces(text)
    expect(textsOf(separated)).toEqual(ids)
    expect(separatedAtSpaces(separated)).toBe(separated)
  })

  it.each([
    ['without spaces inside its entries', ' a, "b c" ;\td\r\n\r\n  e '],
    ['where it is a JSON list', '[ "a b", "c" ]\n'],
  ])('stays as it is %s', (_, text) => {
    expect(separatedAtSpaces(text)).toBe(text)
  })

  it.each([
    ['a b  c', ['a', 'b', 'c']],
    ['a, b c ;d\n e f \n', ['a', 'b', 'c', 'd', 'e', 'f']],
    ['"a b",c d', ['a b', 'c', 'd']],
    ['["a b", "c"]', ['a b', 'c']],
    ['user_id a b', ['a', 'b']],
    ['a\u00a0b', ['a', 'b']],
  ])('the entries of %j are separated at their spaces like the text', (text, ids) => {
    const entries = separatedEntries(entriesOfText(text))
    expect(entries.map((entry) => entry.text)).toEqual(ids)
    expect(entries).toEqual(
      entriesOfText(separatedAtSpaces(text)).map((entry, index) => ({
        ...entry,
        line: entries[index]?.line,
      })),
    )
    expect(entries.some(hasSpaces)).toBe(false)
  })

  it('an entry that is separated keeps its line', () => {
    const entries = entriesOfText('a\nb c')
    expect(entries.filter(hasSpaces)).toEqual([{ text: 'b c', line: 2 }])
    expect(separatedEntries(entries).map(({ line }) => line)).toEqual([1, 2, 2])
  })

  it('names the line of each entry', () => {
    expect(entriesOfText('a,b\r\n\r\nc').map(({ line }) => line)).toEqual([1, 1, 3])
  })

  it('names what says that it is an id and is none', () => {
    expect(collect([entriesOfText('["a",\n"",\n"a"]')])).toEqual({
      ids: ['a'],
      invalid: [{ text: '', line: 2, list: 0, error: 'required' }],
      duplicates: [{ text: 'a', line: 3, list: 0 }],
    })
  })

  it('is read in a time that grows with its length', () => {
    for (const part of ['"', '""a', ' ', '" ,', 'a"b"'])
      expect(entriesOfText(part.repeat(200_000)).length).toBeLessThanOrEqual(200_000)
    for (const part of ['"', '""a', ' ', '" ,', 'a"b"'])
      expect(separatedAtSpaces(part.repeat(200_000)).length).toBe(part.length * 200_000)
  })
})

describe('what was collected', () => {
  it('is complete: each entry is an id, a repetition or named as wrong', () => {
    const entry = fc.oneof(fc.constantFrom('a', 'b', '王', '\0'), fc.string({ maxLength: 40 }))
    const list = fc.array(
      entry.map((text) => ({ text, line: 1 })),
      { maxLength: 12 },
    )
    fc.assert(
      fc.property(fc.array(list, { maxLength: 4 }), (lists) => {
        const { ids, invalid, duplicates } = collect(lists)
        expect(ids.length + invalid.length + duplicates.length).toBe(lists.flat().length)
        expect(new Set(ids).size).toBe(ids.length)
        expect(duplicates.every(({ text }) => ids.includes(text))).toBe(true)
      }),
      { numRuns: 50 },
    )
  })

  it('names list, line and fault', () => {
    const tooLong = 'x'.repeat(33)
    expect(
      collect([
        [{ text: 'a', line: 1 }],
        [
          { text: 'a', line: 4 },
          { text: '王', line: 5 },
          { text: tooLong, line: 6 },
        ],
      ]),
    ).toEqual({
      ids: ['a'],
      duplicates: [{ text: 'a', line: 4, list: 1 }],
      invalid: [
        { text: '王', line: 5, list: 1, error: 'not_printable_ascii' },
        { text: tooLong, line: 6, list: 1, error: 'too_many_bytes' },
      ],
    })
  })

  it.each([
    [0, []],
    [1, [1]],
    [500, [500]],
    [501, [500, 1]],
    [1_250, [500, 500, 250]],
  ])('%i accounts are runs of %j, none lost', (count, sizes) => {
    const ids = Array.from({ length: count }, (_, index) => `u${index}`)
    const runs = runsOf(ids)
    expect(runs.map((run) => run.length)).toEqual(sizes)
    expect(runs.flat()).toEqual(ids)
  })
})
