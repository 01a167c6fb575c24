export type Shortcut = {
  /** one key as the keyboard writes it (`m`, `/`, `?`), or `mod+z`: with Ctrl, on a Mac with Cmd */
  key: string
  /** what it does, for the list of shortcuts */
  label: string
  run(): void
  /** works inside a modal dialog too; otherwise keys rest while one is open */
  isForDialogs?: boolean
}

export type KeyPress = {
  key: string
  ctrlKey: boolean
  metaKey: boolean
  shiftKey: boolean
  altKey: boolean
  repeat: boolean
  isComposing: boolean
  defaultPrevented: boolean
  /** the focus is in something that takes text or letters */
  isInField: boolean
  isDialogOpen: boolean
}

const storageKey = 'hushdesk.shortcuts'

/**
 * The shortcuts of what is on the screen. The one registered last wins, so that a panel can take a key from the page
 * below it and gives it back when it goes. Keys with a modifier are never taken, but for the declared `mod+` ones.
 */
export function createShortcutStore(storage: {
  get(key: string): string | null
  set(key: string, value: string): void
}) {
  let shortcuts: readonly Shortcut[] = []
  const listeners = new Set<() => void>()
  const changed = () => {
    for (const listener of listeners) listener()
  }

  return {
    list: () => shortcuts,
    isOn: () => storage.get(storageKey) !== 'off',
    setOn(isOn: boolean): void {
      storage.set(storageKey, isOn ? 'on' : 'off')
      changed()
    },
    subscribe(listener: () => void): () => void {
      listeners.add(listener)
      return () => {
        listeners.delete(listener)
      }
    },
    add(shortcut: Shortcut): () => void {
      shortcuts = [...shortcuts, shortcut]
      changed()
      return () => {
        shortcuts = shortcuts.filter((other) => other !== shortcut)
        changed()
      }
    },
    /** The shortcut that a key press means, or undefined if it is none of ours. */
    find(press: KeyPress): Shortcut | undefined {
      if (press.defaultPrevented || press.isComposing || press.repeat || press.isInField || press.altKey)
        return
      const hasModifier = press.ctrlKey || press.metaKey
      if (!hasModifier && storage.get(storageKey) === 'off') return
      // With Shift it is another command: Ctrl-Shift-Z means redo. Without one, Shift only writes `?`.
      if (hasModifier && press.shiftKey) return
      const pressed = hasModifier ? `mod+${press.key.toLowerCase()}` : press.key
      return shortcuts.findLast(
        ({ key, isForDialogs }) => key === pressed && (isForDialogs || !press.isDialogOpen),
      )
    },
  }
}
