'use client'

import { MicOff } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useId } from 'react'
import { useMutedGroups } from './account-groups'
import type { MuteSubject } from './subject'

type NoMatrixProps = { subject: MuteSubject; serverNow: number }

/** What stands where the matrix would: the provider has no mutes of whole accounts; and what is known all the same. */
export function NoMatrix({ subject, serverNow }: NoMatrixProps) {
  const t = useTranslations('mutes')
  const page = useTranslations('accounts.page')
  const titleId = useId()
  const provider = page(`providers.${subject.connection.provider}`)
  const { name } = subject
  const mutedGroups = useMutedGroups(subject, serverNow)
  return (
    <section
      aria-labelledby={titleId}
      data-capability="none"
      className="rounded-panel border border-line bg-surface px-4 py-3"
    >
      <h2 id={titleId} className="text-sm text-muted">
        {t('matrix.title')}
      </h2>
      <p className="text-lg font-semibold">
        {mutedGroups > 0
          ? t('answer.inGroups', { name, count: mutedGroups })
          : t('answer.untold', { name, places: 'none' })}
      </p>
      <p className="mt-2 flex gap-2 text-muted">
        <MicOff aria-hidden className="mt-0.5 size-4 shrink-0" />
        {t('matrix.noAccountMutes', { provider })}
      </p>
    </section>
  )
}
