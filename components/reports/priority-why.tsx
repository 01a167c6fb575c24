import { useTranslations } from 'next-intl'
import type { PriorityReason } from '@/lib/reports/case-schemas'

/** The reasons that have words; others are left out. */
const kinds = ['jump', 'severity', 'volume', 'accuracy', 'repeat'] as const

/** Why a case stands where it stands in the queue, in words. */
export function PriorityWhy({ reasons }: { reasons: readonly PriorityReason[] }) {
  const t = useTranslations('reports.intake.why')
  const words = reasons.flatMap(({ kind, value }) => {
    const known = kinds.find((one) => one === kind)
    return known ? [t(known, { value })] : []
  })
  return words.length > 0 && <span className="text-muted">({words.join(' · ')})</span>
}
