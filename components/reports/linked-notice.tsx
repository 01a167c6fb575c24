import { UsersRound } from 'lucide-react'
import { useFormatter, useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { safePlain } from '@/components/ui/safe-text'

/** Who said something, as a list of names without their repetitions, and how many they are. */
function useNames(says: readonly string[]): { count: number; names: string } {
  const format = useFormatter()
  const names = [...new Set(says)].map((name) => safePlain(name, 40))
  return { count: names.length, names: format.list(names) }
}

type LinkedNoticeProps = { says: readonly string[]; children?: ReactNode }

/** That a reporter of a case is its accused, by the word of these moderators; nothing without any. */
export function LinkedNotice({ says, children }: LinkedNoticeProps) {
  const t = useTranslations('reports.linked')
  const names = useNames(says)
  if (says.length === 0) return null
  return (
    <div
      role="note"
      data-linked-notice
      className="flex items-start gap-2 rounded-control bg-info-soft px-3 py-2 text-info-text"
    >
      <UsersRound aria-hidden className="mt-0.5 size-4 shrink-0" />
      <div className="min-w-0">
        <p className="font-medium wrap-anywhere">{t('notice', names)}</p>
        <p className="text-sm">{children ?? t('advice')}</p>
      </div>
    </div>
  )
}

/** The same with a report of theirs. */
export function ReporterIsAccused({ says }: { says: readonly string[] }) {
  const t = useTranslations('reports.linked')
  return (
    <p data-is-accused className="text-sm font-medium wrap-anywhere text-info-text">
      {t('isReporter', useNames(says))}
    </p>
  )
}
