'use client'

import { MicOff } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useId } from 'react'
import type { MuteSubject } from './subject'

/** What stands where the matrix would: the provider has no mutes of whole accounts. */
export function NoMatrix({ subject: { connection } }: { subject: MuteSubject }) {
  const t = useTranslations('mutes')
  const page = useTranslations('accounts.page')
  const titleId = useId()
  const provider = page(`providers.${connection.provider}`)
  return (
    <section
      aria-labelledby={titleId}
      data-capability="none"
      className="rounded-panel border border-line bg-surface px-4 py-3"
    >
      <h2 id={titleId} className="text-lg">
        {t('matrix.titleIn', { app: connection.name })}
      </h2>
      <p className="mt-2 flex gap-2 text-muted">
        <MicOff aria-hidden className="mt-0.5 size-4 shrink-0" />
        {t('matrix.noAccountMutes', { provider })}
      </p>
    </section>
  )
}
