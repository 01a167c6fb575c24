import { bulkFileColumns } from '@/lib/bulk-mutes/file-schemas'
import { withoutApostrophe } from './collect-ids'

/** What the file of a run over the groups of one account is about; a text is empty where several files were put together. */
export type GroupsOfRun = { groups: number; userId: string; connection: string; run: string }

/**
 * Knows the file of a run over the groups of one account by its columns: as a list of accounts it would be that one
 * account, wherever the form says, instead of those groups.
 */
export function groupsOfRows() {
  const groups = new Set<string>()
  const [users, connections, runs] = [new Set<string>(), new Set<string>(), new Set<string>()]
  let at: Map<string, number> | null = null
  const cellOf = (cells: readonly string[], column: (typeof bulkFileColumns)[number]) =>
    withoutApostrophe(cells[at?.get(column) ?? -1] ?? '').trim()
  return {
    /** Takes the headings of the columns. */
    head(cells: readonly string[]): void {
      const named = new Map(cells.map((cell, index) => [cell.trim().toLowerCase(), index]))
      // Others write of groups too; there an account beside one is an account.
      const isOwn = bulkFileColumns.slice(0, -3).every((column) => named.has(column))
      at = isOwn ? named : null
    },
    take(cells: readonly string[]): void {
      const group = cellOf(cells, 'group_id')
      if (group === '') return
      groups.add(`${cellOf(cells, 'user_id')}\n${group}`)
      users.add(cellOf(cells, 'user_id'))
      connections.add(cellOf(cells, 'connection'))
      runs.add(cellOf(cells, 'run'))
    },
    found(): GroupsOfRun | null {
      if (groups.size === 0) return null
      return {
        groups: groups.size,
        userId: onlyOf(users),
        connection: onlyOf(connections),
        run: onlyOf(runs),
      }
    },
  }
}

function onlyOf(texts: ReadonlySet<string>): string {
  const [first = '', ...others] = texts
  return others.length === 0 ? first : ''
}
