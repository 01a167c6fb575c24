'use client'

import type { RefObject } from 'react'
import { useSelection } from './use-selection'

/** A selection in a list over several connections: a bulk mute is in one, so all that is selected is of one. */
export function useConnectionSelection(
  list: RefObject<HTMLElement | null>,
  rows: readonly { key: string; connection: string }[],
) {
  const connections = new Map(rows.map(({ key, connection }) => [key, connection]))
  const selection = useSelection(list, [...connections.keys()], (key) => canSelect(key))
  /** of what is selected; null: nothing is */
  const connection = connections.get(selection.selected[0] ?? '') ?? null

  function canSelect(key: string): boolean {
    return connection === null || connections.get(key) === connection
  }

  return { ...selection, connection, canSelect }
}

export type ConnectionSelection = ReturnType<typeof useConnectionSelection>
