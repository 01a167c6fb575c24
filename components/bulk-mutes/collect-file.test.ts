import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bulkFileColumns } from '@/lib/bulk-mutes/file-schemas'
import { maxBulkFileBytes } from '@/lib/bulk-mutes/rules'
import { writeCsv } from '@/lib/mutes/csv'
import { decodeText, linesAtOnce, readIdFile } from './collect-file'
import { hasSpaces, separatedEntries } from './collect-ids'

const utf8 = (text: string) => new TextEncoder().encode(text)
const utf16 = (text: string, isBig = false) => {
  const view = new DataView(new ArrayBuffer(text.length * 2))
  for (let index = 0; index < text.length; index += 1)
    view.setUint16(index * 2, text.charCodeAt(index), !isBig)
  return new Uint8Array(view.buffer)
}
const idsOf = async (text: string, name = 'ids.csv') => {
  const read = await readIdFile({ name, bytes: utf8(text) })
  return read.ok ? read.entries.map((entry) => entry.text) : read
}

/** Any id, but for those that look as if they had the apostrophe of `writeCsv`: a file cannot tell the two apart. */
const anyId = fc
  .string({ unit: 'grapheme-ascii', minLength: 1, maxLength: 32 })
  .filter((id) => !/^'[=+\-@]/.test(id))

describe('a file of ids', () => {
  it('that this console wrote comes back as it is, whatever the ids and names', async () => {
    const rows = fc.array(fc.tuple(anyId, fc.string({ unit: 'grapheme', maxLength: 20 })), { minLength: 1 })
    await fc.assert(
      fc.asyncProperty(rows, fc.boolean(), async (told, isFirst) => {
        const cells = [['user_id', 'nickname'], ...told].map(([id = '', name = '']) =>
          isFirst ? [id, name] : [name, id],
        )
        expect(await idsOf(writeCsv(cells))).toEqual(told.map(([id]) => id))
      }),
      { numRuns: 60 },
    )
  })

  it.each([
    ['the first column without a heading, quoted cells and all', 'a b,"x, y"\n"c,d",z\n', ['a b', 'c,d']],
    ['semicolons', 'nickname;user_id\n"Li; n";a\nB;b,c\n', ['a', 'b,c']],
    ['tabs', 'a\tx\nb\ty', ['a', 'b']],
    ['a single column', 'user_id\na;b\n"c"\n', ['a;b', 'c']],
    ['a row without an id is named, an empty one is none', 'user_id,name\n,x\n,\n\na,y', ['', 'a']],
    ['a stray quotation mark', 'user_id\na"b\n', ['a"b']],
    ['a heading as others write it', 'name,UserID\nann,a\nben,b', ['a', 'b']],
    ['two headings, of which one is the console’s own', 'User ID,user_id\nx,a\ny,b', ['a', 'b']],
    ['a line that names the separator', 'sep=;\r\nuser_id;name\r\na;x,y\r\n', ['a']],
    ['empty lines at the top', '\r\n\r\nname;user_id\r\nx;a\r\n', ['a']],
    ['nothing', '', []],
  ])('%s', async (_, text, ids) => {
    expect(await idsOf(text)).toEqual(ids)
  })

  it('a text has ids anywhere, also on one line', async () => {
    expect(await idsOf('a, b;c\nd', 'ids.txt')).toEqual(['a', 'b', 'c', 'd'])
  })

  it('a text with spaces between its ids can be separated at them, but not inside quotation marks', async () => {
    const read = await readIdFile({ name: 'ids.txt', bytes: utf8('a b c\n"d e",f g') })
    if (!read.ok) throw new Error(read.error)
    expect(read.entries.filter(hasSpaces).map(({ text }) => text)).toEqual(['a b c', 'f g'])
    const entries = separatedEntries(read.entries)
    expect(entries.map(({ text }) => text)).toEqual(['a', 'b', 'c', 'd e', 'f', 'g'])
  })

  it.each(['long.csv', 'long.txt'])(
    '%s is read in slices as if it were in one, with its lines',
    async (name) => {
      const rows = Array.from({ length: linesAtOnce * 2 + 5 }, (_, index) =>
        index % 7 === 0 ? `"a, ""${index}"""` : index % 11 === 0 ? `\r\nb${index}` : `c${index},x`,
      )
      const shares: number[] = []
      const read = await readIdFile({ name, bytes: utf8(rows.join('\r\n')) }, (share) => shares.push(share))
      const lines = rows.join('\r\n').split('\r\n')
      const expected = lines.flatMap((line, index) => {
        const cells = line.startsWith('"') ? [line.slice(1, -1).replaceAll('""', '"')] : line.split(',')
        const ids = name.endsWith('.csv') ? cells.slice(0, 1) : cells
        return ids.flatMap((text) => (text === '' ? [] : [{ text, line: index + 1 }]))
      })
      expect(read).toMatchObject({ ok: true, entries: expected })
      expect(shares.length).toBeGreaterThanOrEqual(2)
      expect(shares).toEqual(shares.toSorted((a, b) => a - b))
    },
  )

  it('of a run over the groups of one account is told from a list of accounts', async () => {
    const rowOf = (cells: object) =>
      bulkFileColumns.map((column) => new Map(Object.entries(cells)).get(column) ?? '')
    const csvOf = (...rows: object[]) => writeCsv([bulkFileColumns, ...rows.map(rowOf)])
    const of = { user_id: '=ann', connection: 'zim', run: 'r1' }
    const own = csvOf({ ...of, group_id: '#a' }, { ...of, group_id: '@b' }, { ...of, group_id: '#a' })
    expect(await idsOf(own)).toEqual({
      ok: false,
      error: 'of_groups',
      of: { groups: 2, userId: '=ann', connection: 'zim', run: 'r1' },
    })
    // As a spreadsheet gives it back, and two of them in one.
    const merged = csvOf(
      { ...of, group_id: '#a' },
      { user_id: 'ben', group_id: '#a', connection: 'zim', run: 'r2' },
    )
    expect(await idsOf(merged.replaceAll(',', ';'))).toMatchObject({
      of: { groups: 2, userId: '', connection: 'zim', run: '' },
    })
    expect(await idsOf(csvOf({ user_id: 'ann' }, { user_id: 'ben' }))).toEqual(['ann', 'ben'])
    expect(await idsOf('user_id,group_id\nann,#a\nben,#a\n')).toEqual(['ann', 'ben'])
  })

  it('names the line on which a quotation mark stays open, and refuses what is too big', async () => {
    expect(await idsOf('user_id\na\n"b\nc\n')).toMatchObject({ ok: false, error: 'unreadable' })
    const far = await idsOf(`user_id\n${'a\n'.repeat(linesAtOnce * 2)}"b\nc\n`)
    expect(Math.abs(Number('line' in far && far.line) - linesAtOnce * 2)).toBeLessThan(5)
    const bytes = new Uint8Array(maxBulkFileBytes + 1)
    expect(await readIdFile({ name: 'ids.csv', bytes })).toEqual({ ok: false, error: 'too_big' })
  })

  it.each(['ids.xlsx', 'ids.csv', 'ids'])(
    'that is a workbook by its content is none, whatever its name: %s',
    async (name) => {
      const bytes = utf8('PK\u0003\u0004\u0014\u0000\u0006\u0000[Content_Types].xml\na,b\n')
      expect(await readIdFile({ name, bytes })).toEqual({ ok: false, error: 'not_text' })
    },
  )

  it('is told its encoding by its mark, and without one by its zeros', () => {
    const text = 'user_id\r\n王小明\r\na'
    expect(decodeText(utf8(`\ufeff${text}`))).toBe(text)
    for (const isBig of [false, true]) {
      expect(decodeText(utf16(`\ufeff${text}`, isBig))).toBe(text)
      expect(decodeText(utf16(text, isBig))).toBe(text)
    }
  })
})
