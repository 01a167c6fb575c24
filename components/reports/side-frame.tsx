import { clsx } from 'clsx'
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import type { MessageDto } from '@/lib/reports/case-schemas'

export type Side = MessageDto['side']

const looks: Record<Side, string> = {
  accused: 'border-danger-text bg-danger-soft',
  reporter: 'border-line-strong bg-neutral-soft',
  other: 'border-line bg-surface',
}

/** Somebody's name with the word for what they are in the case: the accused in a red frame, a reporter in a grey one. */
export function SideFrame({ side, children }: { side: Side; children: ReactNode }) {
  const t = useTranslations('reports.case')
  return (
    <span
      data-side={side}
      className={clsx(
        'inline-flex max-w-full flex-wrap items-center gap-x-1.5 rounded-control border-2 px-1.5 align-middle leading-5',
        looks[side],
      )}
    >
      <strong className={clsx('text-xs', side === 'accused' ? 'text-danger-text' : 'text-text')}>
        {t(side)}
      </strong>
      <span className="min-w-0">{children}</span>
    </span>
  )
}
