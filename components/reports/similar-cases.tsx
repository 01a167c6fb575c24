import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { hasPermission, type Role } from '@/lib/auth/roles'
import type { CaseViewDto } from '@/lib/reports/case-schemas'

type SimilarProps = { one: CaseViewDto['case']; role: Role }

/** The way to the open cases of the same kind, of which some may be decided together with this one. */
export function SimilarCases({ one, role }: SimilarProps) {
  const t = useTranslations('reports.case.runs')
  const { connection, category, closedAt, status } = one
  const isOpen = closedAt === null && status !== 'merged' && status !== 'decided'
  if (!isOpen || !hasPermission(role, 'mutes:bulk')) return null
  return (
    <Link
      href={`/reports?${new URLSearchParams({ connection, category })}`}
      prefetch={false}
      className="inline-flex min-h-6 items-center text-accent-text hover:underline"
    >
      {t('similar')}
    </Link>
  )
}
