'use client'

import { useTranslations } from 'next-intl'
import { type RefObject, useState } from 'react'
import { useShortcut } from '@/components/shell/shortcuts'
import { nothingSelected, toggled, withState } from './selection'

/**
 * The rows of a list that are selected, of those that `order` shows; `x` switches the row of `list` that has the focus,
 * with Shift all up to it. Rows are found by `data-select`; `canSelect` leaves some out.
 */
export function useSelection(
  list: RefObject<HTMLElement | null>,
  order: readonly string[],
  canSelect: (key: string) => boolean = () => true,
) {
  const t = useTranslations('bulkCollect.selection')
  const [selection, setSelection] = useState(nothingSelected)
  const selected = order.filter((key) => selection.keys.has(key))

  const toggle = (key: string, isRange: boolean) =>
    setSelection((present) => toggled(present, key, order.filter(canSelect), isRange))

  function toggleFocused(isRange: boolean) {
    const row = document.activeElement?.closest('[data-select]')
    const key = row?.getAttribute('data-select')
    if (row && key && list.current?.contains(row) && canSelect(key)) toggle(key, isRange)
  }
  useShortcut({ key: 'x', label: t('key'), when: order.length > 0, run: () => toggleFocused(false) })
  useShortcut({ key: 'X', label: t('rangeKey'), when: order.length > 0, run: () => toggleFocused(true) })

  return {
    selected,
    has: (key: string) => selection.keys.has(key),
    toggle,
    isAll: selected.length > 0 && selected.length === order.length,
    setAll: (isSelected: boolean) =>
      setSelection(({ keys }) => ({ keys: withState(keys, order, isSelected), anchor: null })),
    /** Selects rows too, also of such as are not in the list. */
    add: (keys: readonly string[]) =>
      setSelection((present) => ({ keys: withState(present.keys, keys, true), anchor: null })),
    clear: () => setSelection(nothingSelected),
  }
}

export type RowSelection = ReturnType<typeof useSelection>
