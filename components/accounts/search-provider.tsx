'use client'

import { usePathname, useRouter, useSearchParams } from 'next/navigation'
import { createContext, type ReactNode, use, useEffect, useEffectEvent, useState } from 'react'
import { readSearchText, type SearchText } from './search-text'

const debounceMs = 250
const searchPath = '/accounts'

type Search = {
  /** what stands in the box, ahead of what is searched for */
  draft: string
  text: SearchText
  /** what is searched for, as the URL has it */
  q: string
  /** the results are on this page */
  isHere: boolean
  /** takes what is typed; it is searched for after a pause or with the next click, on the search page */
  type(draft: string): void
  /** an input method is composing: what stands in the box is not yet a text */
  setComposing(isComposing: boolean): void
  /** searches at once, and on the search page moves into the results as soon as they are there */
  submit(draft?: string): void
  clear(): void
  /** the results shall take the focus when they are there */
  wantsResults: boolean
  setWantsResults(wants: boolean): void
}

const SearchContext = createContext<Search | null>(null)

/**
 * The search that the box in the frame and the results on their page share. The URL is what is searched for; the box
 * runs ahead of it while one types. What is too much for one search never gets into the URL.
 */
export function SearchProvider({ children }: { children: ReactNode }) {
  const router = useRouter()
  const isHere = usePathname() === searchPath
  const q = useSearchParams().get('q') ?? ''
  const [draft, setDraft] = useState(isHere ? q : '')
  const [sent, setSent] = useState(draft)
  const [isComposing, setComposing] = useState(false)
  const [wantsResults, setWantsResults] = useState(false)

  // The box follows the URL when that changes by itself: by going back, by a link. `null`: on another page.
  const here = isHere ? q : null
  const [seen, setSeen] = useState(here)
  const [isCarried, setCarried] = useState(false)
  if (here !== seen) {
    setSeen(here)
    if (here !== null) {
      setSent(here)
      setCarried(false)
      if (!isCarried && (seen === null || here !== sent)) setDraft(here)
    }
  }

  const text = readSearchText(draft)
  function send(next: string) {
    setSent(next)
    const { kind } = readSearchText(next)
    if (kind === 'ready') putInAddress(next)
    if (kind === 'empty') putInAddress('')
  }

  const isDue = isHere && !isComposing && draft !== sent
  const onPause = useEffectEvent(() => send(draft))
  // biome-ignore lint/correctness/useExhaustiveDependencies: every key typed begins the pause anew.
  useEffect(() => {
    if (!isDue) return
    const timer = setTimeout(onPause, debounceMs)
    // A click ends the pause too: it may begin a way elsewhere, which writing the address later would cancel.
    document.addEventListener('click', onPause, { capture: true })
    return () => {
      clearTimeout(timer)
      document.removeEventListener('click', onPause, { capture: true })
    }
  }, [isDue, draft])

  function submit(next = draft) {
    setDraft(next)
    if (isHere) {
      send(next)
      setWantsResults(true)
      return
    }
    const { kind } = readSearchText(next)
    if (kind === 'empty') return
    setCarried(true)
    router.push(kind === 'ready' ? `${searchPath}?${new URLSearchParams({ q: next })}` : searchPath)
  }
  function type(next: string) {
    setWantsResults(false)
    setDraft(next)
  }
  function clear() {
    type('')
    if (isHere) send('')
  }

  return (
    <SearchContext
      value={{ draft, text, q, isHere, type, setComposing, submit, clear, wantsResults, setWantsResults }}
    >
      {children}
    </SearchContext>
  )
}

/** At once, and not when it suits: the router gives up a way that has begun when the address is written meanwhile. */
function putInAddress(q: string): void {
  const params = new URLSearchParams(window.location.search)
  if (q === '') params.delete('q')
  else params.set('q', q)
  const query = params.size > 0 ? `?${params}` : ''
  window.history.replaceState(null, '', `${window.location.pathname}${query}`)
}

/** The console's search; only below `SearchProvider`. */
export function useSearch(): Search {
  const search = use(SearchContext)
  if (!search) throw new Error('there is no SearchProvider around this component')
  return search
}
