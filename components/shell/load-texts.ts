import type { ClientMessages } from '@/lib/i18n/kept-texts'

const loading = new Map<string, Promise<ClientMessages>>()

/**
 * The texts behind an address of ours, fetched once by a page; the same promise each time, as `use` wants it. Rejects when
 * they cannot be had; the next call then asks again.
 */
export function loadTexts(href: string): Promise<ClientMessages> {
  const known = loading.get(href)
  if (known) return known
  const texts = fetchTexts(href)
  loading.set(href, texts)
  texts.catch(() => loading.delete(href))
  return texts
}

async function fetchTexts(href: string): Promise<ClientMessages> {
  const response = await fetch(href)
  if (!response.ok) throw new Error(`the texts of the page did not come: ${response.status}`)
  return await response.json()
}
