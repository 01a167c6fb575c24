'use client'

import { useSearchParams } from 'next/navigation'
import { type ComposerMode, composerModes } from './composer-form'

/**
 * What the composer is open for, kept in the address, so that Back closes it and a link opens it; null: closed. Without
 * the package that other lists keep their filters with, which weighs more than all of this.
 */
export function usePanel(): [
  panel: ComposerMode | null,
  setPanel: (panel: ComposerMode | null, how?: 'push' | 'replace') => void,
] {
  const asked = useSearchParams().get('panel')
  const panel = composerModes.find((mode) => mode === asked) ?? null
  function setPanel(next: ComposerMode | null, how: 'push' | 'replace' = 'push') {
    const url = new URL(window.location.href)
    if (next === null) url.searchParams.delete('panel')
    else url.searchParams.set('panel', next)
    window.history[how === 'push' ? 'pushState' : 'replaceState'](null, '', url)
  }
  return [panel, setPanel]
}
