'use client'

import { clsx } from 'clsx'
import { ListFilter } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { type ReactNode, useEffect, useId, useRef, useState } from 'react'
import { Button } from './button'

type FilterFoldProps = {
  /** the filters as their fields show them; empty where one is not set */
  fields: Record<string, string>
  children: ReactNode
}

/** The page whose filters were just sent: it is then built anew, and would begin without a focus. */
let sentOn: string | null = null

/**
 * Keeps a list's filters behind a button where they would fill the screen before any row is seen; elsewhere they just
 * stand there. Sending them folds them again, and the keyboard stays at what sent them, or at the button.
 */
export function FilterFold({ fields, children }: FilterFoldProps) {
  const t = useTranslations('common')
  const [isOpen, setIsOpen] = useState(false)
  const id = useId()
  const toggle = useRef<HTMLButtonElement>(null)
  const folded = useRef<HTMLDivElement>(null)
  const count = Object.values(fields).filter((value) => value !== '').length

  useEffect(() => {
    if (sentOn === window.location.pathname) stayAt(toggle.current, folded.current)
    sentOn = null
    // Gone for another page instead, nothing is to take the focus whenever somebody comes back.
    return () => {
      if (sentOn !== window.location.pathname) sentOn = null
    }
  }, [])

  function onSubmit() {
    setIsOpen(false)
    stayAt(toggle.current, folded.current)
    sentOn = window.location.pathname
  }

  return (
    <div className="flex flex-col gap-2" onSubmit={onSubmit}>
      <Button
        ref={toggle}
        icon={<ListFilter aria-hidden className="size-4" />}
        aria-expanded={isOpen}
        aria-controls={id}
        onClick={() => setIsOpen(!isOpen)}
        className="self-start sm:hidden"
      >
        {t('filters', { count })}
      </Button>
      <div ref={folded} id={id} className={clsx(!isOpen && 'max-sm:hidden')}>
        {children}
      </div>
    </div>
  )
}

function stayAt(toggle: HTMLElement | null, filters: HTMLElement | null): void {
  const sender = filters?.querySelector<HTMLElement>('[type=submit]')
  const place = toggle?.checkVisibility() ? toggle : sender
  place?.focus({ preventScroll: true })
}
