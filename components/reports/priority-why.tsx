import { useTranslations } from 'next-intl'
import type { CaseDto } from '@/lib/reports/case-schemas'

/** Why a case stands where it stands in the queue, in words. */
export function PriorityWhy({ reasons }: { reasons: CaseDto['priorityWhy'] }) {
  const t = useTranslations('reports.intake.why')
  const words = reasons.map(({ kind, value }) => t(kind, { value }))
  return words.length > 0 && <span className="text-muted">({words.join(' · ')})</span>
}
