import type { ClientMessages } from '@/lib/i18n/kept-texts'

/** Before each try, in ms. */
const pausesMs = [0, 1_000, 3_000]
/** What has not come by then is asked for anew, in ms. */
const deadlineMs = 10_000
/** So long a failure is kept for whatever still renders with it: soon enough for whoever presses "Try again". */
const keptFailureMs = 500

const loading = new Map<string, Promise<ClientMessages>>()

/**
 * The texts behind an address of ours, fetched once by a page; the same promise each time, as `use` wants it. Rejects
 * when they could not be had in three tries; whoever asks half a second later asks anew.
 */
export function loadTexts(href: string): Promise<ClientMessages> {
  const known = loading.get(href)
  if (known) return known
  const texts = fetchTexts(href)
  loading.set(href, texts)
  texts.catch(() => setTimeout(() => loading.delete(href), keptFailureMs))
  return texts
}

async function fetchTexts(href: string): Promise<ClientMessages> {
  let failure: unknown
  for (const ms of pausesMs) {
    if (ms > 0) await new Promise((resolve) => setTimeout(resolve, ms))
    try {
      const response = await fetch(href, { signal: AbortSignal.timeout(deadlineMs) })
      if (response.ok) return await response.json()
      failure = new Error(`the texts of the page did not come: ${response.status}`)
    } catch (error) {
      failure = error
    }
  }
  throw failure
}
