'use client'

import { useEffect, useEffectEvent, useSyncExternalStore } from 'react'
import { createShortcutStore, type Shortcut } from './shortcut-store'

const store = createShortcutStore({
  get(key) {
    try {
      return localStorage.getItem(key)
    } catch {
      // Storage can be forbidden; shortcuts are then on, and off until the page is left.
      return memory.get(key) ?? null
    }
  },
  set(key, value) {
    memory.set(key, value)
    try {
      localStorage.setItem(key, value)
    } catch {
      // See above.
    }
  },
})
const memory = new Map<string, string>()
const none: readonly Shortcut[] = []

type UseShortcut = Shortcut & {
  /** whether it works now; true if left out */
  when?: boolean
}

/**
 * Gives a key to a command for as long as the component is there and `when` holds. The same command must also be
 * reachable without the key; show the key on its button (`<Button shortcut="m">`).
 */
export function useShortcut({ key, label, run, when = true, isForDialogs = false }: UseShortcut): void {
  const onPress = useEffectEvent(() => run())
  useEffect(() => {
    if (!when) return
    return store.add({ key, label, isForDialogs, run: () => onPress() })
  }, [key, label, when, isForDialogs])
}

/** Listens for keys; once, in the console's frame. */
export function useShortcutKeys(): void {
  useEffect(() => {
    function onKeyDown(event: KeyboardEvent) {
      const { key, ctrlKey, metaKey, shiftKey, altKey, repeat, isComposing, defaultPrevented } = event
      const shortcut = store.find({
        ...{ key, ctrlKey, metaKey, shiftKey, altKey, repeat, isComposing, defaultPrevented },
        isInField: event.target instanceof Element && takesLetters(event.target),
        isDialogOpen: document.querySelector('dialog:modal') !== null,
      })
      if (!shortcut) return
      event.preventDefault()
      shortcut.run()
    }
    window.addEventListener('keydown', onKeyDown)
    return () => window.removeEventListener('keydown', onKeyDown)
  }, [])
}

/** Every shortcut of the present screen, each key once. */
export function useShortcutList(): readonly Shortcut[] {
  const all = useSyncExternalStore(store.subscribe, store.list, () => none)
  return all.filter(({ key }, index) => !all.slice(index + 1).some((later) => later.key === key))
}

/** Whether single-key shortcuts are on, and how to change it. */
export function useShortcutSwitch(): [isOn: boolean, setOn: (isOn: boolean) => void] {
  return [useSyncExternalStore(store.subscribe, store.isOn, () => true), store.setOn]
}

const letterTakers =
  'input:not([type=checkbox],[type=radio],[type=button],[type=submit],[type=reset]),textarea,select,[contenteditable]:not([contenteditable=false]),[role=menu],[role=listbox],[role=combobox],[role=textbox]'

function takesLetters(element: Element): boolean {
  return element.closest(letterTakers) !== null
}
