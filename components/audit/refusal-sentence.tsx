import { useTranslations } from 'next-intl'
import type { AppErrorCode } from '@/lib/errors'
import { actionNames } from './action-names'

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
