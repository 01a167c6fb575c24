'use client'

import { MicOff, RefreshCw } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { type ReactNode, useId } from 'react'
import { useShortcut } from '@/components/shell/shortcuts'
import { IconButton } from '@/components/ui/button'
import type { MuteSubject } from './subject'
import type { MuteChecks } from './use-mute-checks'
import { useRefreshAll } from './use-refresh-all'

type NoMatrixProps = {
  subject: MuteSubject
  commands: MuteChecks
  isReading: boolean
  /** what can be done all the same */
  children: ReactNode
}

/** What stands where the matrix would: the provider has no mutes of whole accounts. */
export function NoMatrix({ subject, commands, isReading, children }: NoMatrixProps) {
  const t = useTranslations('mutes')
  const page = useTranslations('accounts.page')
  const titleId = useId()
  const { connection } = subject
  const refreshAll = useRefreshAll(subject, commands)
  useShortcut({ key: 'r', label: t('shortcuts.refresh'), run: () => void refreshAll() })
  const provider = page(`providers.${connection.provider}`)
  return (
    <section
      aria-labelledby={titleId}
      data-capability="none"
      className="rounded-panel border border-line bg-surface px-4 py-3"
    >
      <div className="flex items-center gap-2">
        <h2 id={titleId} className="min-w-0 flex-1 text-lg">
          {t('matrix.titleIn', { app: connection.name })}
        </h2>
        <IconButton
          label={isReading ? t('matrix.refreshing') : t('matrix.refresh')}
          icon={<RefreshCw aria-hidden className="size-4" />}
          isBusy={isReading}
          onClick={() => void refreshAll()}
        />
      </div>
      <p className="mt-2 flex gap-2 text-muted">
        <MicOff aria-hidden className="mt-0.5 size-4 shrink-0" />
        {t('matrix.noAccountMutes', { provider })}
      </p>
      {children}
    </section>
  )
}
