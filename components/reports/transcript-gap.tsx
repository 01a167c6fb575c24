import { useTranslations } from 'next-intl'
import { useInstantFormat } from '@/components/ui/time'
import type { MessageDto } from '@/lib/reports/case-schemas'

type TranscriptGapProps = {
  before: Pick<MessageDto, 'sentAt'> | undefined
  after: Pick<MessageDto, 'sentAt'>
  serverNow: number
}

/** Says that two kept messages may not have followed each other. */
export function TranscriptGap({ before, after, serverNow }: TranscriptGapProps) {
  const t = useTranslations('reports.case.transcript')
  const { short } = useInstantFormat()
  if (!before) return null
  const [from, to] = [short(before.sentAt, serverNow), short(after.sentAt, serverNow)]
  return (
    <li className="border-y border-dashed border-line-strong py-1 text-center text-sm text-muted">
      {t('gap', { from, to })}
    </li>
  )
}
