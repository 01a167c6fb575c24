import { useTranslations } from 'next-intl'
import type { AppErrorCode } from '@/lib/errors'

/** The actions whose refusals have words of their own. */
const actionNames = [
  'mutes.apply',
  'mutes.lift',
  'mutes.undo',
  'mutes.reapply',
  'mutes.accept-drift',
  'mutes.settle',
  'settings.set-mute-presets',
  'settings.set-approval-above',
  'settings.set-protected-accounts',
  'settings.set-report-policies',
  'settings.set-notice-templates',
  'settings.open',
  'reports.decide',
  'reports.undo-decision',
  'reports.answer-appeal',
  'reports.file-appeal',
  'reports.sweep-reporter',
  'api.appeals.create',
  'api-keys.add',
  'api-keys.revoke',
  'api.bulk-mutes.create',
  'api.bulk-mutes.get',
  'api.bulk-mutes.items',
  'audit.open',
] as const

/** An action that was refused, and why. */
export function RefusalSentence({ action, code }: { action: string; code: AppErrorCode }) {
  const t = useTranslations('audit')
  const errors = useTranslations('errors')
  const name = actionNames.find((known) => known === action)
  return (
    <>
      <p>{t('events.action.refused', { action: name ? t(`actions.${name}`) : action })}</p>
      <div className="text-sm text-muted">
        <p>{errors(`${code}.title`)}</p>
      </div>
    </>
  )
}
