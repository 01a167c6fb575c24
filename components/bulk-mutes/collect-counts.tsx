'use client'

import { CircleCheck, CopyMinus, TriangleAlert } from 'lucide-react'
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { Badge } from '@/components/ui/badge'
import { safePlain } from '@/components/ui/safe-text'
import type { FieldErrorCode } from '@/lib/errors'
import type { IdList } from './collect-draft'
import type { Collected, Entry } from './collect-ids'

/** So many lines are named; the number says how many there are. */
const maxNamed = 100

type Named = Entry & { list: number; error?: FieldErrorCode }
type CollectCountsProps = { collected: Collected; lists: readonly IdList[] }

/** How many accounts there are, how many entries are none or come again, and on which lines those are. */
export function CollectCounts({ collected, lists }: CollectCountsProps) {
  const t = useTranslations('bulkCollect.counts')
  const { ids, invalid, duplicates } = collected
  return (
    <div className="flex flex-col gap-2">
      <p role="status" className="flex flex-wrap gap-2 tabular-nums">
        <Badge tone={ids.length > 0 ? 'success' : 'neutral'} icon={<CircleCheck aria-hidden />}>
          {t('valid', { count: ids.length })}
        </Badge>
        {invalid.length > 0 && (
          <Badge tone="danger" icon={<TriangleAlert aria-hidden />}>
            {t('invalid', { count: invalid.length })}
          </Badge>
        )}
        {duplicates.length > 0 && (
          <Badge tone="warning" icon={<CopyMinus aria-hidden />}>
            {t('duplicates', { count: duplicates.length })}
          </Badge>
        )}
      </p>
      <Lines title={t('invalidLines')} entries={invalid} lists={lists} isOpen />
      <Lines title={t('duplicateLines')} entries={duplicates} lists={lists} />
      {ids.length > 0 && <p className="text-sm text-muted">{t('unknownLater')}</p>}
    </div>
  )
}

type LinesProps = {
  title: ReactNode
  entries: readonly Named[]
  lists: readonly IdList[]
  isOpen?: boolean
}

function Lines({ title, entries, lists, isOpen = false }: LinesProps) {
  const t = useTranslations('bulkCollect.counts')
  const kinds = useTranslations('bulkCollect.lists.kinds')
  const fieldErrors = useTranslations('fieldErrors')
  if (entries.length === 0) return null
  /** The typed text comes first and has no name. */
  function placeOf({ list, line }: Named): string {
    const from = lists[list - 1]
    return from
      ? t('lineOf', { name: safePlain(from.name || kinds(from.kind), 40), line })
      : t('line', { line })
  }
  return (
    <details open={isOpen}>
      <summary className="w-fit text-sm">{title}</summary>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be within reach of the keyboard. */}
      <ul aria-label={String(title)} tabIndex={0} className="mt-1 max-h-40 space-y-1 overflow-auto text-sm">
        {entries.slice(0, maxNamed).map((entry) => (
          <li key={`${entry.list}/${entry.line}/${entry.text}`}>
            <span className="text-muted">{placeOf(entry)}: </span>
            <bdi dir="ltr" className="font-mono break-all whitespace-pre-wrap">
              {safePlain(entry.text, 60)}
            </bdi>
            {entry.error && <span className="text-muted"> – {fieldErrors(entry.error)}</span>}
          </li>
        ))}
        {entries.length > maxNamed && (
          <li className="text-muted">{t('more', { count: entries.length - maxNamed })}</li>
        )}
      </ul>
    </details>
  )
}
