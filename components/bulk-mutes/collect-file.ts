import { maxBulkFileBytes } from '@/lib/bulk-mutes/rules'
import { type Entry, entriesOfText, isHeading, withoutApostrophe } from './collect-ids'

/** Where in a file the ids were: in its column `user_id`, in its first column, or anywhere in a text. */
export type IdColumn = 'heading' | 'first' | 'text'

export type IdFile =
  | { ok: true; column: IdColumn; entries: Entry[] }
  | { ok: false; error: 'too_big' }
  /** a quotation mark is not closed; `line` is where it opens */
  | { ok: false; error: 'unreadable'; line: number }

const delimiters = [',', ';', '\t'] as const

/**
 * The ids of a CSV or text file. A column `user_id` is taken as it is, outer blanks too: it comes from a program. Otherwise
 * it is the first column of a CSV, or all entries of a text, without outer blanks.
 */
export async function readIdFile(file: { name: string; bytes: Uint8Array }): Promise<IdFile> {
  if (file.bytes.byteLength > maxBulkFileBytes) return { ok: false, error: 'too_big' }
  const text = decodeText(file.bytes)
  const head = text.split(/\r\n|\r|\n/u, 1)[0] ?? ''
  const delimiter = delimiters.find((mark) => cellsOf(head, mark).some(isHeading))
  if (delimiter === undefined && !/\.(?:csv|tsv)$/i.test(file.name))
    return { ok: true, column: 'text', entries: entriesOfText(text) }
  // A hundred kilobytes that only this needs.
  const { parse, CsvError } = await import('csv-parse/browser/esm/sync')
  const rows: Row[] = []
  try {
    parse(text, {
      delimiter: delimiter ?? likeliestDelimiter(head),
      on_record(cells: string[], { lines }) {
        rows.push({ cells, line: lines })
        return null
      },
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: true,
    })
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    return { ok: false, error: 'unreadable', line: Number(error.lines ?? 1) }
  }
  return { ok: true, ...entriesOf(rows) }
}

type Row = { cells: string[]; line: number }

function entriesOf(rows: readonly Row[]) {
  const index = rows[0]?.cells.findIndex(isHeading) ?? -1
  const hasHeading = index >= 0
  const entries = rows.slice(hasHeading ? 1 : 0).flatMap(({ cells, line }) => {
    const cell = withoutApostrophe(cells[hasHeading ? index : 0] ?? '')
    const text = hasHeading ? cell : cell.trim()
    // A row that says something, but not whom it is about, is named; one of empty cells is none.
    return text === '' && cells.every((other) => other.trim() === '') ? [] : [{ text, line }]
  })
  return { column: hasHeading ? ('heading' as const) : ('first' as const), entries }
}

/** A file's text by its byte order mark; without one UTF-16 is known by its zeros. */
export function decodeText(bytes: Uint8Array): string {
  return new TextDecoder(encodingOf(bytes)).decode(bytes)
}

function encodingOf(bytes: Uint8Array): 'utf-8' | 'utf-16le' | 'utf-16be' {
  const [first, second] = bytes
  if ((first === 0xff && second === 0xfe) || (first !== 0 && second === 0)) return 'utf-16le'
  if ((first === 0xfe && second === 0xff) || (first === 0 && second !== 0)) return 'utf-16be'
  return 'utf-8'
}

/** Good enough for a heading, of which the names are known. */
function cellsOf(line: string, delimiter: string): string[] {
  return line.split(delimiter).map((cell) => cell.trim().replace(/^"(.*)"$/u, '$1'))
}

function likeliestDelimiter(line: string): string {
  const plain = line.replaceAll(/"(?:[^"]|"")*"/gu, '')
  const counts = delimiters.map((mark) => plain.split(mark).length)
  return delimiters[counts.indexOf(Math.max(...counts))] ?? ','
}
