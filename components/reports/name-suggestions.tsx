'use client'

import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { type KeyboardEvent, useState } from 'react'
import { safePlain } from '@/components/ui/safe-text'
import { nameBeingTyped } from '@/lib/reports/mention-rules'
import { reportQueries } from '@/lib/reports/query-options'

/** So many colleagues are offered at once. */
const offered = 6

/**
 * Colleagues whose name fits what is typed after an `@`: arrows go through them, Enter or Tab takes one, Escape leaves.
 * `caret`: where the text is being typed; null: nowhere. `listId` ties the field to the list.
 */
export function useNameSuggestions(
  listId: string,
  { text, caret }: { text: string; caret: number | null },
  take: (text: string, caret: number) => void,
) {
  const [left, setLeft] = useState<string | null>(null)
  const [at, setAt] = useState(0)
  const typed = caret === null ? null : nameBeingTyped(text, caret)
  const { data = [] } = useQuery({ ...reportQueries.colleagues(), enabled: typed !== null })
  const fitting =
    typed === null || typed === left
      ? []
      : data.filter(({ name }) => name.toLowerCase().includes(typed.toLowerCase())).slice(0, offered)
  const current = Math.min(at, fitting.length - 1)

  function choose(name: string) {
    if (caret === null || typed === null) return
    const before = `${text.slice(0, caret - typed.length)}${name} `
    setAt(0)
    take(before + text.slice(caret), before.length)
  }
  function onKeyDown(event: KeyboardEvent) {
    const name = fitting[current]?.name
    if (name === undefined || event.nativeEvent.isComposing) return
    if (event.key === 'Escape') setLeft(typed)
    else if (event.key === 'ArrowDown') setAt((current + 1) % fitting.length)
    else if (event.key === 'ArrowUp') setAt((current + fitting.length - 1) % fitting.length)
    else if (event.key === 'Enter' || event.key === 'Tab') choose(name)
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  return {
    people: fitting,
    current,
    choose,
    wiring: {
      onKeyDown,
      'aria-autocomplete': 'list' as const,
      ...(fitting.length > 0 && { 'aria-controls': listId, 'aria-activedescendant': `${listId}-${current}` }),
    },
  }
}

type NameSuggestionsProps = { listId: string } & Pick<
  ReturnType<typeof useNameSuggestions>,
  'people' | 'current' | 'choose'
>

/** The colleagues to choose from, below the field. */
export function NameSuggestions({ listId, people, current, choose }: NameSuggestionsProps) {
  const t = useTranslations('reports.case.notes')
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
