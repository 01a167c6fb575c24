import { beforeEach, describe, expect, it } from 'vitest'
import { dismissToast, lastUndo, toast, toastStore } from './toast-store'

const titles = () => toastStore.get().map((shown) => shown.title)

beforeEach(() => {
  for (const { id } of toastStore.get()) dismissToast(id)
})

describe('notifications', () => {
  it('stay until dismissed when they tell of an error', () => {
    toast({ title: 'failed', tone: 'danger' })
    expect(toastStore.get()[0]?.durationMs).toBe(Number.POSITIVE_INFINITY)
  })

  it('push out the oldest, but no error', () => {
    toast({ title: 'failed', tone: 'danger' })
    for (const title of ['a', 'b', 'c', 'd']) toast({ title })
    expect(titles()).toEqual(['failed', 'b', 'c', 'd'])
  })

  it('tell their listeners, also of being dismissed', () => {
    const seen: string[][] = []
    const stop = toastStore.subscribe(() => seen.push(titles()))
    const id = toast({ title: 'a' })
    dismissToast(id)
    dismissToast(id)
    stop()
    toast({ title: 'b' })
    expect(seen).toEqual([['a'], []])
  })

  it('offer to take back what the last one standing can', () => {
    const undone: string[] = []
    const offer = (name: string) =>
      toast({
        title: name,
        action: { label: 'Undo', altText: 'x', undoLabel: 'Undo it', onSelect: () => undone.push(name) },
      })
    expect(lastUndo(toastStore.get())).toBeNull()
    offer('a')
    const b = offer('b')
    toast({ title: 'c', action: { label: 'Look', altText: 'x', onSelect: () => undone.push('c') } })
    expect(lastUndo(toastStore.get())).toMatchObject({ id: b, label: 'Undo it' })
    dismissToast(b)
    lastUndo(toastStore.get())?.run()
    expect(undone).toEqual(['a'])
  })
})
