import type { Tone } from './badge'

export type Toast = {
  id: number
  title: string
  description?: string
  tone: Tone
  action?: ToastAction
  /** a link shown as an action, for instance to the entry in the log */
  link?: { label: string; href: string }
  /** how long it stays, not counting the time that the pointer or the focus is on it */
  durationMs: number
}

export type ToastAction = {
  label: string
  onSelect(): void
  /** how to reach the same without the notification, for those who cannot get there in time */
  altText: string
  /**
   * for an action that takes back what was done: as long as the notification stands a key does it too, listed under
   * this
   */
  undoLabel?: string
}

type ToastInput = Omit<Toast, 'id' | 'tone' | 'durationMs'> & { tone?: Tone; durationMs?: number }

const defaultDurationMs = 8_000
const maxToasts = 4

let toasts: readonly Toast[] = []
let lastId = 0
const listeners = new Set<() => void>()

/**
 * Shows a notification, from anywhere in the browser. Errors stay until they are dismissed, everything else for
 * `durationMs` (8 s by default). Returns its id, to dismiss or to replace it.
 */
export function toast(input: ToastInput): number {
  const tone = input.tone ?? 'neutral'
  const durationMs = input.durationMs ?? (tone === 'danger' ? Number.POSITIVE_INFINITY : defaultDurationMs)
  lastId += 1
  set([...makeRoom(toasts), { ...input, id: lastId, tone, durationMs }])
  return lastId
}

/** Takes a notification away; nothing happens if it is gone already. */
export function dismissToast(id: number): void {
  if (toasts.some((shown) => shown.id === id)) set(toasts.filter((shown) => shown.id !== id))
}

/** What the last of these notifications that can take something back would do; null: none of them can. */
export function lastUndo(shown: readonly Toast[]): { id: number; label: string; run(): void } | null {
  for (const { id, action } of shown.toReversed()) {
    if (action?.undoLabel) return { id, label: action.undoLabel, run: action.onSelect }
  }
  return null
}

/** For the frame alone. */
export const toastStore = {
  get: () => toasts,
  /** whether there has been any notification in this page */
  wasUsed: () => lastId > 0,
  subscribe(listener: () => void) {
    listeners.add(listener)
    return () => {
      listeners.delete(listener)
    }
  },
}

/** The oldest gives way, but never one that waits to be dismissed. */
function makeRoom(shown: readonly Toast[]): readonly Toast[] {
  if (shown.length < maxToasts) return shown
  const oldest = shown.find((candidate) => Number.isFinite(candidate.durationMs))
  return oldest ? shown.filter((candidate) => candidate !== oldest) : shown
}

function set(next: readonly Toast[]): void {
  toasts = next
  for (const listener of listeners) listener()
}
