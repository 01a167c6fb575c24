'use client'

import { useTranslations } from 'next-intl'
import { ActionErrorPanel } from '@/components/mutes/action-error-panel'
import { Button } from '@/components/ui/button'
import { ErrorPanel } from '@/components/ui/error-panel'
import { safePlain } from '@/components/ui/safe-text'
import { AbsoluteTime } from '@/components/ui/time'
import type { CaseCommand, CaseCommands } from './use-case-commands'

type CaseRefusalProps = { commands: CaseCommands; of: readonly CaseCommand[]; serverNow: number }

/** What the server answered instead of doing it: who came first, with what and when. What was typed stays beside it. */
export function CaseRefusal({ commands, of, serverNow }: CaseRefusalProps) {
  const t = useTranslations('reports.case')
  const errors = useTranslations('errors')
  const types = useTranslations('audit.types')
  const common = useTranslations('common.actions')
  const { refusal } = commands
  if (!refusal || !of.includes(refusal.command)) return null
  const { code, details = {} } = refusal.error
  const dismiss = <Button onClick={commands.forget}>{common('dismiss')}</Button>
  if (code !== 'CASE_CHANGED' && code !== 'CLAIM_LOST' && code !== 'CASE_CLAIMED')
    return <ActionErrorPanel error={refusal.error} actions={dismiss} />
  const { by, at, what, until } = details
  const name = by === undefined ? '' : safePlain(by, 40)
  return (
    <ErrorPanel
      title={
        code === 'CASE_CHANGED' && by !== undefined ? t('changed.title', { name }) : errors(`${code}.title`)
      }
      code={code}
      actions={dismiss}
    >
      {until !== undefined && (
        <p>
          {t.rich('changed.claimedBy', {
            name,
            time: () => <AbsoluteTime at={until} serverNow={serverNow} />,
          })}
        </p>
      )}
      {what !== undefined && at !== undefined && (
        <p>
          {t.rich('changed.what', {
            what: code === 'CLAIM_LOST' ? `${types(what)} (${name})` : types(what),
            time: () => <AbsoluteTime at={at} serverNow={serverNow} />,
          })}
        </p>
      )}
      <p>{t('changed.kept')}</p>
    </ErrorPanel>
  )
}
