/** Which rows of a list are selected; `anchor` is the one that was switched last, from where a range goes. */
export type Selection = { keys: ReadonlySet<string>; anchor: string | null }

export const nothingSelected: Selection = { keys: new Set(), anchor: null }

/**
 * Switches one row; as a range, all rows from the last one on take over the state of that one. `order`: the rows as
 * shown.
 */
export function toggled(
  { keys, anchor }: Selection,
  key: string,
  order: readonly string[],
  isRange: boolean,
): Selection {
  const from = isRange && anchor !== null ? order.indexOf(anchor) : -1
  const to = order.indexOf(key)
  if (from < 0 || to < 0 || anchor === null)
    return { keys: withState(keys, [key], !keys.has(key)), anchor: key }
  const range = order.slice(Math.min(from, to), Math.max(from, to) + 1)
  return { keys: withState(keys, range, keys.has(anchor)), anchor: key }
}

/** Selects these rows too, or none of them any more. */
export function withState(
  keys: ReadonlySet<string>,
  rows: readonly string[],
  isSelected: boolean,
): ReadonlySet<string> {
  const next = new Set(keys)
  for (const row of rows) {
    if (isSelected) next.add(row)
    else next.delete(row)
  }
  return next
}
