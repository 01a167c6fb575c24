import { clsx } from 'clsx'
import type { ReactNode } from 'react'

type TableProps = {
  label: string
  /** the first one is over the names of the rows */
  columns: readonly string[]
  rows: readonly { key: string; name: ReactNode; cells: readonly ReactNode[] }[]
}

/** Figures in rows that have names. */
export function Table({ label, columns, rows }: TableProps) {
  return (
    <table aria-label={label} className="w-full tabular-nums">
      <thead>
        <tr className="border-b border-line align-bottom text-sm text-muted">
          {columns.map((column, index) => (
            <th
              key={column}
              scope="col"
              className={clsx('py-1 font-medium', index === 0 ? 'pe-2 text-start' : 'ps-2 text-end')}
            >
              {column}
            </th>
          ))}
        </tr>
      </thead>
      <tbody className="divide-y divide-line">
        {rows.map(({ key, name, cells }) => (
          <tr key={key} data-row={key}>
            <th scope="row" className="max-w-32 py-1.5 pe-2 text-start font-normal sm:max-w-none">
              {name}
            </th>
            {cells.map((cell, index) => (
              <td key={columns[index + 1]} className="py-1.5 ps-2 text-end">
                {cell}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}
