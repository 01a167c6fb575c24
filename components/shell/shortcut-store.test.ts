import { describe, expect, it } from 'vitest'
import { createShortcutStore, type KeyPress } from './shortcut-store'

const still: KeyPress = {
  key: 'm',
  ctrlKey: false,
  metaKey: false,
  shiftKey: false,
  altKey: false,
  repeat: false,
  isComposing: false,
  defaultPrevented: false,
  isInField: false,
  isDialogOpen: false,
}

function makeStore() {
  const saved = new Map<string, string>()
  return createShortcutStore({
    get: (key) => saved.get(key) ?? null,
    set: (key, value) => saved.set(key, value),
  })
}
const shortcut = (key: string, label = key) => ({ key, label, run: () => {} })

describe('shortcuts', () => {
  it('are found by their key', () => {
    const store = makeStore()
    store.add(shortcut('m'))
    expect(store.find(still)?.label).toBe('m')
    expect(store.find({ ...still, key: 'x' })).toBeUndefined()
  })

  it.each([
    ['in a field', { isInField: true }],
    ['with Ctrl', { ctrlKey: true }],
    ['with Cmd', { metaKey: true }],
    ['with Alt', { altKey: true }],
    ['held down', { repeat: true }],
    ['while a word is composed', { isComposing: true }],
    ['used by something else', { defaultPrevented: true }],
    ['behind a dialog', { isDialogOpen: true }],
  ])('ignore a key %s', (_, change) => {
    const store = makeStore()
    store.add(shortcut('m'))
    expect(store.find({ ...still, ...change })).toBeUndefined()
  })

  it('take a modifier only where it is declared, and never in a field', () => {
    const store = makeStore()
    store.add(shortcut('mod+z'))
    expect(store.find({ ...still, key: 'z', ctrlKey: true })?.key).toBe('mod+z')
    expect(store.find({ ...still, key: 'Z', metaKey: true })?.key).toBe('mod+z')
    expect(store.find({ ...still, key: 'z' })).toBeUndefined()
    expect(store.find({ ...still, key: 'Z', ctrlKey: true, shiftKey: true })).toBeUndefined()
    expect(store.find({ ...still, key: 'z', ctrlKey: true, isInField: true })).toBeUndefined()
  })

  it('are written with Shift where the keyboard needs it', () => {
    const store = makeStore()
    store.add(shortcut('?'))
    expect(store.find({ ...still, key: '?', shiftKey: true })?.key).toBe('?')
  })

  it('belong to whoever came last, and go back when it leaves', () => {
    const store = makeStore()
    store.add(shortcut('m', 'page'))
    const leave = store.add({ ...shortcut('m', 'panel'), isForDialogs: true })
    expect(store.find(still)?.label).toBe('panel')
    expect(store.find({ ...still, isDialogOpen: true })?.label).toBe('panel')
    leave()
    expect(store.find(still)?.label).toBe('page')
  })

  it('can be switched off, but for those with a modifier', () => {
    const store = makeStore()
    store.add(shortcut('m'))
    store.add(shortcut('mod+z'))
    store.setOn(false)
    expect([store.isOn(), store.find(still)]).toEqual([false, undefined])
    expect(store.find({ ...still, key: 'z', ctrlKey: true })).toBeDefined()
    store.setOn(true)
    expect(store.find(still)?.label).toBe('m')
  })
})
