'use client'

import { clsx } from 'clsx'
import { ListFilter } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { type ReactNode, useId, useState } from 'react'
import { Button } from './button'

type FilterFoldProps = {
  /** the filters as their fields show them; empty where one is not set */
  fields: Record<string, string>
  children: ReactNode
}

/**
 * Keeps a list's filters behind a button where they would fill the screen before any row is seen; elsewhere they just
 * stand there. Sending them folds them again.
 */
export function FilterFold({ fields, children }: FilterFoldProps) {
  const t = useTranslations('common')
  const [isOpen, setIsOpen] = useState(false)
  const id = useId()
  const count = Object.values(fields).filter((value) => value !== '').length

  return (
    <div className="flex flex-col gap-2" onSubmit={() => setIsOpen(false)}>
      <Button
        icon={<ListFilter aria-hidden className="size-4" />}
        aria-expanded={isOpen}
        aria-controls={id}
        onClick={() => setIsOpen(!isOpen)}
        className="self-start sm:hidden"
      >
        {t('filters', { count })}
      </Button>
      <div id={id} className={clsx(!isOpen && 'max-sm:hidden')}>
        {children}
      </div>
    </div>
  )
}
