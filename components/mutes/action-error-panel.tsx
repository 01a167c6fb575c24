'use client'

import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { ErrorPanel } from '@/components/ui/error-panel'
import { type AppErrorCode, leavesOpen } from '@/lib/errors'
import type { ActionError } from '@/lib/result'
import { FailureText, failureCode } from './failure-text'

type ActionErrorPanelProps = {
  error: ActionError
  /** it was only read, so nothing could have been changed */
  isRead?: boolean
  actions?: ReactNode
  children?: ReactNode
}

/** What the server answered instead of doing it: what happened, whether anything was changed, what to do, the codes. */
export function ActionErrorPanel({ error, isRead = false, actions, children }: ActionErrorPanelProps) {
  const t = useTranslations('errors')
  const { code, details, requestId } = error
  const { provider, providerCode, retryAfterSeconds } = details ?? {}
  const failure = provider && providerCode !== undefined && { kind: 'refused' as const, providerCode }
  return (
    <ErrorPanel
      title={t(`${code}.title`)}
      effect={isRead ? null : effectOf(code)}
      code={provider && failure ? failureCode({ provider, failure }) : code}
      {...(requestId ? { requestId } : {})}
      {...(actions ? { actions } : {})}
    >
      {children ??
        (provider && failure ? (
          <FailureText provider={provider} failure={failure} />
        ) : (
          <p>{t(`${code}.advice`, { seconds: retryAfterSeconds ?? 0 })}</p>
        ))}
    </ErrorPanel>
  )
}

/** Every refusal comes before anything is sent; only what broke in between leaves it open. */
function effectOf(code: AppErrorCode): 'unchanged' | 'unknown' {
  return leavesOpen(code) ? 'unknown' : 'unchanged'
}
