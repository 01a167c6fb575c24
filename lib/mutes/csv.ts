const byteOrderMark = '\ufeff'

/** What spreadsheets take as the beginning of a formula; East Asian versions also in full width. */
const formulaStart = /^[=+\-@\t\r\n＝＋－＠]/

/**
 * A table as CSV (RFC 4180) in UTF-8 with a byte order mark, so that spreadsheets read names in any script. A cell that
 * a spreadsheet would take as a formula gets an apostrophe in front: names are their owners' choice.
 */
export function writeCsv(rows: readonly (readonly string[])[]): string {
  const lines = rows.map((cells) => `${cells.map(writeCell).join(',')}\r\n`)
  return byteOrderMark + lines.join('')
}

function writeCell(text: string): string {
  const safe = formulaStart.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
