import { clsx } from 'clsx'
import { useTranslations } from 'next-intl'

/** Grey bars while something loads; they appear only after 300 ms, so that quick answers do not flicker. */
export function Skeleton({ lines = 3, className }: { lines?: number; className?: string }) {
  const t = useTranslations('common.state')
  return (
    <div role="status" className={clsx('animate-late space-y-2', className)}>
      <span className="sr-only">{t('loading')}</span>
      {Array.from({ length: lines }, (_, line) => (
        <div
          // biome-ignore lint/suspicious/noArrayIndexKey: the bars are all alike and never move.
          key={line}
          className={clsx('h-4 rounded-chip bg-neutral-soft', line % 3 === 2 ? 'w-2/3' : 'w-full')}
        />
      ))}
    </div>
  )
}
