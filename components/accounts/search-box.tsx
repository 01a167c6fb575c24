'use client'

import { clsx } from 'clsx'
import { Search, X } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { type KeyboardEvent, useRef } from 'react'
import { useShortcut } from '@/components/shell/shortcuts'
import { IconButton } from '@/components/ui/button'
import { Kbd } from '@/components/ui/kbd'
import { useSearch } from './search-provider'

/** Where the results find the box again. */
export const searchBoxId = 'account-search'

/**
 * The search, in the frame of every page. A text area, so that a pasted list of ids keeps its line breaks; it is one
 * line high until it has the focus and needs more.
 */
export function SearchBox() {
  const t = useTranslations('accounts.search')
  const { draft, isHere, type, setComposing, submit, clear } = useSearch()
  const box = useRef<HTMLTextAreaElement>(null)
  function focus() {
    box.current?.focus()
    box.current?.select()
  }
  useShortcut({ key: '/', label: t('label'), run: focus })

  function onKeyDown(event: KeyboardEvent<HTMLTextAreaElement>) {
    const { key, shiftKey, currentTarget, nativeEvent } = event
    // Enter and the arrows belong to the input method while it composes.
    if (nativeEvent.isComposing) return
    const isInLastLine = !draft.includes('\n', currentTarget.selectionEnd)
    if (key === 'Escape' && draft !== '') clear()
    else if (key === 'Enter' && !shiftKey) submit()
    else if (key === 'ArrowDown' && isHere && isInLastLine) submit()
    else return
    event.preventDefault()
  }

  return (
    <search className="relative block h-control">
      <Search
        aria-hidden
        className="pointer-events-none absolute start-2.5 top-[calc(var(--control)/2-0.5rem)] z-1 size-4 text-muted"
      />
      <textarea
        id={searchBoxId}
        ref={box}
        rows={1}
        value={draft}
        aria-label={t('label')}
        aria-keyshortcuts="/"
        placeholder={t('placeholder')}
        autoComplete="off"
        autoCapitalize="none"
        autoCorrect="off"
        spellCheck={false}
        enterKeyHint="search"
        onChange={(event) => type(event.target.value)}
        onKeyDown={onKeyDown}
        onCompositionStart={() => setComposing(true)}
        onCompositionEnd={() => setComposing(false)}
        className={clsx(
          // One line as high as the box, so that nothing of the second one shows.
          'field absolute inset-x-0 top-0 block h-control resize-none overflow-hidden py-0 ps-8 pe-9 leading-[calc(var(--control)-2px)]',
          'focus:h-auto focus:max-h-40 focus:py-[calc((var(--control)-1.375rem)/2)] focus:leading-5 focus:overflow-auto focus:shadow-raised focus:field-sizing-content',
        )}
      />
      <span className="absolute end-1 top-0 z-1 flex h-control items-center">
        {draft === '' ? (
          <span className="pointer-events-none pe-1.5">
            <Kbd>/</Kbd>
          </span>
        ) : (
          <IconButton
            label={t('clear')}
            icon={<X aria-hidden className="size-4" />}
            className="size-6 min-h-6"
            onClick={() => {
              clear()
              box.current?.focus()
            }}
          />
        )}
      </span>
    </search>
  )
}
