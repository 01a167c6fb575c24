'use client'

import { useTranslations } from 'next-intl'
import { Button } from '@/components/ui/button'
import type { CollectDraft } from './collect-draft'

type SelectionBarProps = {
  count: number
  /** a limit of the selection, in words */
  note?: string | undefined
  onBulk(kind: CollectDraft['kind']): void
  onClear(): void
}

/** What can be done with the rows that are selected; stays in sight. */
export function SelectionBar({ count, note, onBulk, onClear }: SelectionBarProps) {
  const t = useTranslations('bulkCollect.selection')
  return (
    <div aria-live="polite" className="contents">
      {count > 0 && (
        <section
          aria-label={t('label')}
          className="sticky bottom-[calc(3.5rem+env(safe-area-inset-bottom))] z-20 flex flex-wrap items-center gap-x-2 gap-y-1 rounded-panel border border-line-strong bg-surface px-3 py-2 shadow-lg md:bottom-2"
        >
          <span className="me-auto font-medium tabular-nums">{t('count', { count })}</span>
          <Button variant="danger" onClick={() => onBulk('mute')}>
            {t('mute')}
          </Button>
          <Button onClick={() => onBulk('lift')}>{t('lift')}</Button>
          <Button variant="ghost" onClick={onClear}>
            {t('clear')}
          </Button>
          {note && <p className="w-full text-sm text-muted">{note}</p>}
        </section>
      )}
    </div>
  )
}
