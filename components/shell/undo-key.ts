'use client'

import { useSyncExternalStore } from 'react'
import { dismissToast, lastUndo, toastStore } from '@/components/ui/toast-store'
import { useShortcut } from './shortcuts'

const none: readonly never[] = []

/** Ctrl/Cmd-Z takes back what the last standing notification offers to, on whatever page one is by then. */
export function useUndoKey(): void {
  const undo = useLastUndo()
  useShortcut({
    key: 'mod+z',
    label: undo?.label ?? '',
    when: undo !== null,
    run: () => {
      if (!undo) return
      dismissToast(undo.id)
      undo.run()
    },
  })
}

/** What the last standing notification offers to take back; while there is one, the key is its alone. */
export function useLastUndo() {
  return lastUndo(useSyncExternalStore(toastStore.subscribe, toastStore.get, () => none))
}
