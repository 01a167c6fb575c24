'use client'

import type { RefObject } from 'react'
import { useSelection } from './use-selection'

type Row = { key: string; connection: string }

/**
 * A selection in a list over several connections: a bulk mute is in one, so all that is selected is of one. `elsewhere`:
 * rows that can be selected and are not in the list.
 */
export function useConnectionSelection(
  list: RefObject<HTMLElement | null>,
  rows: readonly Row[],
  elsewhere: readonly Row[] = [],
) {
  const connections = new Map(rows.map(({ key, connection }) => [key, connection]))
  const selection = useSelection(list, [...connections.keys()], (key) => canSelect(key))
  /** of what is selected; null: nothing is */
  const connection = [...rows, ...elsewhere].find(({ key }) => selection.has(key))?.connection ?? null

  function canSelect(key: string): boolean {
    return connection === null || connections.get(key) === connection
  }

  return { ...selection, connection, canSelect }
}

export type ConnectionSelection = ReturnType<typeof useConnectionSelection>
