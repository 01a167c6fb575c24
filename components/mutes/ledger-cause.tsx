import Link from 'next/link'
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import type { MuteInForceDto } from '@/lib/mutes/ledger-schemas'

type LedgerCauseProps = {
  cause: NonNullable<MuteInForceDto['cause']>
  /** others are told the case's number alone */
  canReadReports: boolean
}

/** What a mute came with: its run and its case, where there are such. */
export function LedgerCause({ cause: { bulkId, case: of }, canReadReports }: LedgerCauseProps) {
  const t = useTranslations('ledger.table')
  const name = of && t('case', { number: of.number })
  return (
    <span className="flex flex-wrap gap-x-3 empty:hidden">
      {bulkId !== null && <CauseLink href={`/bulk-mutes/${bulkId}`}>{t('bulk')}</CauseLink>}
      {of && canReadReports && <CauseLink href={`/reports/${of.id}`}>{name}</CauseLink>}
      {of && !canReadReports && <span className="text-sm text-muted">{name}</span>}
    </span>
  )
}

function CauseLink({ href, children }: { href: string; children: ReactNode }) {
  return (
    <Link
      href={href}
      prefetch={false}
      className="inline-flex min-h-6 items-center text-sm text-accent-text underline"
    >
      {children}
    </Link>
  )
}
