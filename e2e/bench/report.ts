/** One figure of a part. */
export type Row = {
  work: string
  value: number
  unit: 'ms' | 's' | 'kB' | 'calls' | 'times'
  /** the most that is good, in the same unit; null where the figure only explains another one */
  bar: number | null
}

/** What a part found. `notes` say what a reader needs to judge the figures: the slowest cases, say. */
export type Findings = { rows: Row[]; notes: string[] }

/** The findings of a part with what the machine was doing meanwhile. */
export type PartReport = Findings & {
  /** ISO time at which it ended */
  at: string
  seconds: number
  /** mean number of processes that wanted a core, over the minute before the part and before its end */
  load: { before: number; after: number }
  /** why there are no figures */
  failure?: string
}

/** The smallest value that is not below this share of all of them. Throws without any. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  const value = sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)]
  if (value === undefined) throw new RangeError('no values')
  return value
}

/** Rows of the usual figures of many times in ms; the bar, if there is one, is for the 95th percentile. */
export function timeRows(work: string, times: readonly number[], bar: number | null): Row[] {
  return [
    { work: `${work}, p50`, value: percentile(times, 0.5), unit: 'ms', bar: null },
    { work: `${work}, p95`, value: percentile(times, 0.95), unit: 'ms', bar },
    { work: `${work}, max`, value: Math.max(...times), unit: 'ms', bar: null },
  ]
}

/** The reports as one table of plain text. */
export function renderTable(reports: Readonly<Record<string, PartReport>>): string {
  const header = ['work', 'measured', 'bar', 'ratio', 'verdict']
  const parts = Object.entries(reports)
  const cells = parts.flatMap(([name, { rows }]) => rows.map((row) => toCells(name, row)))
  const widths = header.map((title, column) =>
    Math.max(title.length, ...cells.map((row) => row[column]?.length ?? 0)),
  )
  const line = (row: readonly string[]) =>
    row
      .map((cell, column) =>
        column === 0 || column === 4 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0),
      )
      .join('  ')
      .trimEnd()
  return [
    line(header),
    line(widths.map((width) => '-'.repeat(width))),
    ...cells.map(line),
    '',
    ...parts.flatMap(([name, { notes, load, seconds, at, failure }]) => [
      `${name}: ${at}, ${seconds} s, load average ${load.before} before, ${load.after} after`,
      ...(failure ? [`  FAILED: ${failure}`] : []),
      ...notes.map((note) => `  ${note}`),
    ]),
  ].join('\n')
}

function toCells(part: string, { work, value, unit, bar }: Row): string[] {
  const ratio = bar ? (value / bar).toFixed(2) : ''
  const isMet = bar !== null && value <= bar
  const verdict = bar === null ? '' : isMet ? 'met' : 'MISSED'
  return [
    `${part}: ${work}`,
    `${short(value)} ${unit}`,
    bar === null ? '' : `${short(bar)} ${unit}`,
    ratio,
    verdict,
  ]
}

function short(value: number): string {
  return Number.isInteger(value) ? String(value) : value.toFixed(value < 10 ? 2 : 1)
}
