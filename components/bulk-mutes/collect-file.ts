import { maxBulkFileBytes } from '@/lib/bulk-mutes/rules'
import {
  type Entry,
  entriesOfLines,
  isColumnHeading,
  isHeading,
  linesOf,
  withoutApostrophe,
  withoutHeading,
} from './collect-ids'
import { type GroupsOfRun, groupsOfRows } from './groups-of-rows'

/** Where in a file the ids were: in the column with their heading, in its first column, or anywhere in a text. */
export type IdColumn = 'heading' | 'first' | 'text'

export type IdFile =
  | { ok: true; column: IdColumn; entries: Entry[] }
  | { ok: false; error: 'too_big' | 'not_text' }
  /** a quotation mark is not closed; `line` is where it opens */
  | { ok: false; error: 'unreadable'; line: number }
  /** the file of a run over the groups of one account, which is no list of accounts */
  | { ok: false; error: 'of_groups'; of: GroupsOfRun }

const delimiters = [',', ';', '\t'] as const

/** So many lines, or rows of a CSV, are read before the page has its turn: a few milliseconds. */
export const linesAtOnce = 2_000

/**
 * The ids of a CSV or text file. A column `user_id` is taken as it is, outer blanks too: it comes from a program; where
 * none is called that, one that is written like it (`UserID`, `User ID`, `user-id`). Otherwise it is the first column of
 * a CSV, or all entries of a text, without outer blanks. Read in slices, between which the page has its turn;
 * `onProgress` is told the share that is done, from 0 to 1.
 */
export async function readIdFile(
  file: { name: string; bytes: Uint8Array },
  onProgress: (share: number) => void = () => {},
): Promise<IdFile> {
  if (file.bytes.byteLength > maxBulkFileBytes) return { ok: false, error: 'too_big' }
  const decoded = decodeText(file.bytes)
  // A workbook, say: no text has such a character, and every archive does.
  if (decoded.includes('\0')) return { ok: false, error: 'not_text' }
  // The line with which spreadsheets name their separator is none of the list; left empty, the others keep their numbers.
  const text = decoded.replace(/^"?sep=[,;\t]"?(?=\r|\n)/iu, '')
  const head = /[^\r\n]+/u.exec(text)?.[0] ?? ''
  const delimiter = delimiters.find((mark) => cellsOf(head, mark).some(isColumnHeading))
  if (delimiter === undefined && !/\.(?:csv|tsv)$/i.test(file.name))
    return { ok: true, column: 'text', entries: await readText(text, onProgress) }
  return readCsv(text, delimiter ?? likeliestDelimiter(head), onProgress)
}

async function readText(text: string, onProgress: (share: number) => void): Promise<Entry[]> {
  const lines = linesOf(text)
  const entries: Entry[] = []
  for (let at = 0; at < lines.length; at += linesAtOnce) {
    if (at > 0) await pageHasItsTurn(onProgress, at / lines.length)
    for (const entry of entriesOfLines(lines.slice(at, at + linesAtOnce), at + 1)) entries.push(entry)
  }
  return withoutHeading(entries)
}

async function readCsv(
  text: string,
  delimiter: string,
  onProgress: (share: number) => void,
): Promise<IdFile> {
  // A hundred kilobytes that only this needs.
  const { parse, CsvError } = await import('csv-parse/browser/esm/sync')
  const bytes = new TextEncoder().encode(text)
  const { take, found } = entriesOfRows()
  let [at, linesBefore] = [0, 0]
  try {
    for (;;) {
      const slice = { bytes: 0, lines: 0, rows: 0 }
      parse(bytes.subarray(at), {
        delimiter,
        record_delimiter: ['\r\n', '\n', '\r'],
        on_record(cells: string[], { bytes: read, lines }) {
          take(cells, linesBefore + lines)
          Object.assign(slice, { bytes: read, lines, rows: slice.rows + 1 })
          return null
        },
        relax_column_count: true,
        relax_quotes: true,
        skip_empty_lines: true,
        to: linesAtOnce,
      })
      if (slice.rows < linesAtOnce) return found()
      at += slice.bytes
      linesBefore += slice.lines
      await pageHasItsTurn(onProgress, at / bytes.byteLength)
    }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    return { ok: false, error: 'unreadable', line: linesBefore + Number(error.lines ?? 1) }
  }
}

/** A message to oneself: unlike a timer it comes at once, and also while the page is out of sight. */
function pageHasItsTurn(onProgress: (share: number) => void, share: number): Promise<void> {
  onProgress(share)
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel()
    port1.onmessage = () => {
      port1.close()
      resolve()
    }
    port2.postMessage(null)
  })
}

/** Takes the rows of a CSV one by one; the first one tells whether there is a heading. */
function entriesOfRows() {
  const entries: Entry[] = []
  const ofGroups = groupsOfRows()
  let column: 'heading' | 'first' | null = null
  let index = 0
  return {
    take(cells: readonly string[], line: number): void {
      if (column === null) {
        // Beside one that is only like it, the console's own is meant.
        index = Math.max(0, cells.findIndex(cells.some(isHeading) ? isHeading : isColumnHeading))
        column = cells.some(isColumnHeading) ? 'heading' : 'first'
        if (column === 'heading') {
          ofGroups.head(cells)
          return
        }
      }
      ofGroups.take(cells)
      const cell = withoutApostrophe(cells[index] ?? '')
      const text = column === 'heading' ? cell : cell.trim()
      // A row that says something, but not whom it is about, is named; one of empty cells is none.
      if (text !== '' || cells.some((other) => other.trim() !== '')) entries.push({ text, line })
    },
    found(): IdFile {
      const of = ofGroups.found()
      if (of) return { ok: false, error: 'of_groups', of }
      return { ok: true, column: column ?? ('first' as const), entries }
    },
  }
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
