'use client'

import { useTranslations } from 'next-intl'
import { ActionErrorPanel } from '@/components/mutes/action-error-panel'
import { Button } from '@/components/ui/button'
import { safePlain } from '@/components/ui/safe-text'
import { useInstantFormat } from '@/components/ui/time'
import type { ActionError } from '@/lib/result'

type SaveProblemProps = {
  error: ActionError
  /** what is saved now, in words */
  theirs: string
  serverNow: number
  isBusy: boolean
  onKeepMine(): void
  onTakeSaved(): void
}

/** Why a setting was not saved. When somebody was faster: who, when, what, and the two ways on. */
export function SaveProblem({ error, theirs, serverNow, isBusy, onKeepMine, onTakeSaved }: SaveProblemProps) {
  const t = useTranslations('settings.form')
  const { short } = useInstantFormat()
  if (error.code !== 'SETTINGS_CHANGED') return <ActionErrorPanel error={error} />
  const { by, at } = error.details ?? {}
  return (
    <ActionErrorPanel
      error={error}
      actions={
        <>
          <Button onClick={onTakeSaved}>{t('takeTheirs')}</Button>
          <Button variant="danger" isBusy={isBusy} onClick={onKeepMine}>
            {t('keepMine')}
          </Button>
        </>
      }
    >
      <p>
        {by && at ? t('conflict', { name: safePlain(by), time: short(at, serverNow) }) : t('conflictNobody')}
      </p>
      <p>{t('theirs', { value: theirs })}</p>
    </ActionErrorPanel>
  )
}
