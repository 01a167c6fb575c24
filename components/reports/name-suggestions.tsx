'use client'

import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { type KeyboardEvent, type RefObject, useEffect, useId, useLayoutEffect, useState } from 'react'
import { safePlain } from '@/components/ui/safe-text'
import { nameBeingTyped } from '@/lib/reports/mention-rules'
import { reportQueries } from '@/lib/reports/query-options'

/** So many colleagues are offered at once. */
const offered = 6

type NameSuggestionsProps = {
  /** the field that is typed in, and the way its keys come here */
  field: RefObject<HTMLTextAreaElement | null>
  keys: RefObject<((event: KeyboardEvent) => void) | null>
  text: string
  /** where the text is being typed; null: nowhere */
  caret: number | null
  take(text: string, caret: number): void
}

/**
 * Colleagues whose name fits what is typed after an `@`, below the field: arrows go through them, Enter or Tab takes one,
 * Escape leaves.
 */
export function NameSuggestions({ field, keys, text, caret, take }: NameSuggestionsProps) {
  const t = useTranslations('reports.case.notes')
  const listId = useId()
  const [left, setLeft] = useState<string | null>(null)
  const [at, setAt] = useState(0)
  const typed = caret === null ? null : nameBeingTyped(text, caret)
  const { data = [] } = useQuery({ ...reportQueries.colleagues(), enabled: typed !== null })
  const people =
    typed === null || typed === left
      ? []
      : data.filter(({ name }) => name.toLowerCase().includes(typed.toLowerCase())).slice(0, offered)
  const current = Math.min(at, people.length - 1)

  function choose(name: string) {
    if (caret === null || typed === null) return
    const before = `${text.slice(0, caret - typed.length)}${name} `
    setAt(0)
    take(before + text.slice(caret), before.length)
  }
  function onKeyDown(event: KeyboardEvent) {
    const name = people[current]?.name
    if (name === undefined || event.nativeEvent.isComposing) return
    if (event.key === 'Escape') setLeft(typed)
    else if (event.key === 'ArrowDown') setAt((current + 1) % people.length)
    else if (event.key === 'ArrowUp') setAt((current + people.length - 1) % people.length)
    else if (event.key === 'Enter' || event.key === 'Tab') choose(name)
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  // Before the browser hands on the next key.
  useLayoutEffect(() => {
    keys.current = onKeyDown
    return () => {
      keys.current = null
    }
  })
  const activeId = people.length > 0 ? `${listId}-${current}` : null
  useEffect(() => {
    const input = field.current
    if (!input || activeId === null) return
    input.setAttribute('aria-controls', listId)
    input.setAttribute('aria-activedescendant', activeId)
    return () => {
      input.removeAttribute('aria-controls')
      input.removeAttribute('aria-activedescendant')
    }
  }, [field, listId, activeId])
  if (people.length === 0) return null
  return (
    <div
      role="listbox"
      id={listId}
      aria-label={t('colleagues')}
      className="flex flex-col rounded-control border border-line bg-surface"
    >
      {people.map(({ id, name }, index) => (
        <button
          key={id}
          type="button"
          role="option"
          id={`${listId}-${index}`}
          aria-selected={index === current}
          tabIndex={-1}
          // The field keeps the focus.
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => choose(name)}
          className="min-h-control px-2 text-start hover:bg-sunken aria-selected:bg-info-soft"
        >
          {safePlain(name, 60)}
        </button>
      ))}
    </div>
  )
}
