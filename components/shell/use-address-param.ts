'use client'

import { useSearchParams } from 'next/navigation'

/**
 * One parameter of the address, so that Back and links lead to what it names; null: absent. For screens with few of
 * them: the package that other lists keep their filters with weighs more than all of this.
 */
export function useAddressParam(
  name: string,
  byDefault: 'push' | 'replace',
): [value: string | null, setValue: (value: string | null, how?: 'push' | 'replace') => void] {
  const value = useSearchParams().get(name)
  function setValue(next: string | null, how = byDefault) {
    const url = new URL(window.location.href)
    if (next === null) url.searchParams.delete(name)
    else url.searchParams.set(name, next)
    window.history[how === 'push' ? 'pushState' : 'replaceState'](null, '', url)
  }
  return [value, setValue]
}
