import { userIdError } from '@/lib/accounts/rules'
import { maxBulkItems } from '@/lib/bulk-mutes/rules'
import type { FieldErrorCode } from '@/lib/errors'

/** One entry of a list of ids as it was given; `line` counts from 1. `isQuoted`: quotation marks kept blanks inside it. */
export type Entry = { text: string; line: number; isQuoted?: true }

/** The heading of the column of ids in every file that this console writes and reads. */
const idColumn = 'user_id'

/** Ids hold none of the East Asian ones, nor of the rarer line breaks, so that those can only separate. */
const separators = ',;\\t\\v\\f\\u0085\\u2028\\u2029\\u3000，、；'
const blanks = /\s/u
const entryPattern = new RegExp(
  `[ \\u00a0]*"((?:[^"]|"")*)"[ \\u00a0]*(?=[${separators}]|$)|[^${separators}]+`,
  'gu',
)

/**
 * The entries of a typed or pasted text: between line breaks, tabs, commas and semicolons, without the blanks around them;
 * spaces inside an id are legal. Quotation marks keep all that they enclose, as in the search; empty ones are an entry
 * that is no id. The heading of a copied column is none, nor are the brackets of a JSON list.
 */
export function entriesOfText(text: string): Entry[] {
  return withoutHeading(entriesOfLines(linesOf(text), 1))
}

/** The lines of a text; the brackets of a JSON list of texts are left away. */
export function linesOf(text: string): string[] {
  return (isJsonList(text) ? withoutBrackets(text) : text).split(/\r\n|\r|\n/u)
}

/** Whether it is what a program prints of a list of texts: its quotation marks and commas are those of any list then. */
function isJsonList(text: string): boolean {
  // An id may begin with a bracket, and a backslash would be read as what it stands for.
  if (!/^\s*\[\s*"[^\\]*"\s*\]\s*$/u.test(text)) return false
  try {
    const list: unknown = JSON.parse(text)
    return Array.isArray(list) && list.every((item) => typeof item === 'string')
  } catch {
    return false
  }
}

function withoutBrackets(text: string): string {
  return text.replace('[', '').replace(/\](?=\s*$)/u, '')
}

/** The entries of some lines of a text, of which `first` is the number of the first one; a heading stays. */
export function entriesOfLines(lines: readonly string[], first: number): Entry[] {
  return lines.flatMap((line, index) =>
    [...line.matchAll(entryPattern)].flatMap(([typed, quoted]) => {
      const entry = quoted?.replaceAll('""', '"') ?? withoutApostrophe(typed.trim())
      // Blanks are none; empty quotation marks stand where somebody should be named.
      if (entry === '' && quoted === undefined) return []
      const kept = quoted !== undefined && blanks.test(entry) ? { isQuoted: true as const } : {}
      return [{ text: entry, line: first + index, ...kept }]
    }),
  )
}

/** Whether an entry holds blanks that may separate ids. */
export function hasSpaces({ text, isQuoted }: Entry): boolean {
  return !isQuoted && blanks.test(text)
}

/** What `separatedAtSpaces` is to a text, for entries that were read from one. */
export function separatedEntries(entries: readonly Entry[]): Entry[] {
  const separated = entries.flatMap((entry) =>
    hasSpaces(entry)
      ? entry.text
          .split(/\s+/u)
          .map((part, index) => ({ text: index === 0 ? part : withoutApostrophe(part), line: entry.line }))
      : entry,
  )
  return entries[0] && hasSpaces(entries[0]) ? withoutHeading(separated) : separated
}

/** A text whose entries are also separated by the blanks inside them, but for those in quotation marks. */
export function separatedAtSpaces(text: string): string {
  // What its blanks separate are its brackets, or they stand in quotation marks.
  if (isJsonList(text)) return text
  return text.replaceAll(/[^\r\n]+/gu, (line) =>
    line.replaceAll(entryPattern, (typed: string, quoted: string | undefined) =>
      quoted === undefined ? typed.replaceAll(/(\S)\s+(?=\S)/gu, '$1\n') : typed,
    ),
  )
}

export function withoutHeading(entries: Entry[]): Entry[] {
  return entries[0] && isHeading(entries[0].text) ? entries.slice(1) : entries
}

/** Whether a cell is the heading of the ids, as this console writes it. */
export function isHeading(cell: string): boolean {
  return cell.trim().toLowerCase() === idColumn
}

/** The same for the columns of a file, as others write it too: `UserID`, `User ID`, `user-id`. */
export function isColumnHeading(cell: string): boolean {
  return cell.replaceAll(/[\s_-]/gu, '').toLowerCase() === 'userid'
}

/** Takes away the apostrophe that `writeCsv` puts before what a spreadsheet would take as a formula. */
export function withoutApostrophe(cell: string): string {
  return cell.replace(/^'(?=[=+\-@\t\r\n＝＋－＠])/u, '')
}

/** Where an entry was found: in which of the lists, by index, and on which line. */
type Found = Entry & { list: number }
export type Collected = {
  /** each once, in the order in which they first came */
  ids: string[]
  invalid: (Found & { error: FieldErrorCode })[]
  /** those after the first of the same id */
  duplicates: Found[]
}

/** Sorts the entries of several lists: each of them is an id, a repetition or not an id. */
export function collect(lists: readonly (readonly Entry[])[]): Collected {
  const ids = new Set<string>()
  const invalid: Collected['invalid'] = []
  const duplicates: Found[] = []
  lists.forEach((entries, list) => {
    for (const entry of entries) {
      const error = userIdError(entry.text)
      if (error) invalid.push({ ...entry, list, error })
      else if (ids.has(entry.text)) duplicates.push({ ...entry, list })
      else ids.add(entry.text)
    }
  })
  return { ids: [...ids], invalid, duplicates }
}

/** The ids as runs, none of them too long for one. */
export function runsOf(ids: readonly string[]): string[][] {
  return Array.from({ length: Math.ceil(ids.length / maxBulkItems) }, (_, index) =>
    ids.slice(index * maxBulkItems, (index + 1) * maxBulkItems),
  )
}
