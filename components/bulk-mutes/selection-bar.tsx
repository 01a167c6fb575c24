'use client'

import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { Button } from '@/components/ui/button'
import type { CollectDraft } from './collect-draft'

type SelectionFrameProps = {
  count: number
  /** a limit of the selection, in words */
  note?: string | undefined
  onClear(): void
  /** the buttons of what can be done */
  children: ReactNode
}

/** How many rows are selected and what can be done with them; stays in sight. */
export function SelectionFrame({ count, note, onClear, children }: SelectionFrameProps) {
  const t = useTranslations('bulkCollect.selection')
  return (
    <div aria-live="polite" className="contents">
      {count > 0 && (
        <section
          aria-label={t('label')}
          className="sticky bottom-[calc(3.5rem+env(safe-area-inset-bottom))] z-20 flex flex-wrap items-center gap-x-2 gap-y-1 rounded-panel border border-line-strong bg-surface px-3 py-2 shadow-lg md:bottom-2"
        >
          <span className="me-auto font-medium tabular-nums">{t('count', { count })}</span>
          {children}
          <Button variant="ghost" onClick={onClear}>
            {t('clear')}
          </Button>
          {note && <p className="w-full text-sm text-muted">{note}</p>}
        </section>
      )}
    </div>
  )
}

type SelectionBarProps = Omit<SelectionFrameProps, 'children'> & { onBulk(kind: CollectDraft['kind']): void }

/** The same for accounts: to be muted, or to have their mutes lifted. */
export function SelectionBar({ onBulk, ...frame }: SelectionBarProps) {
  const t = useTranslations('bulkCollect.selection')
  return (
    <SelectionFrame {...frame}>
      <Button variant="danger" onClick={() => onBulk('mute')}>
        {t('mute')}
      </Button>
      <Button onClick={() => onBulk('lift')}>{t('lift')}</Button>
    </SelectionFrame>
  )
}
