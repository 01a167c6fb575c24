'use client'

import { useAddressParam } from '@/components/shell/use-address-param'
import { type ComposerMode, composerModes } from './composer-form'

/** What the composer is open for, kept in the address, so that Back closes it and a link opens it; null: closed. */
export function usePanel(): [
  panel: ComposerMode | null,
  setPanel: (panel: ComposerMode | null, how?: 'push' | 'replace') => void,
] {
  const [asked, setPanel] = useAddressParam('panel', 'push')
  return [composerModes.find((mode) => mode === asked) ?? null, setPanel]
}
