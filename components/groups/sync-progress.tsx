'use client'

import { LoaderCircle, TriangleAlert } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { FailureText } from '@/components/mutes/failure-text'
import type { GroupSyncDto } from '@/lib/groups/schemas'
import { providerErrorKinds } from '@/lib/provider/errors'

/** Which connections' groups are not all known yet, how far it has come, and what holds it up. */
export function SyncProgress({ syncs }: { syncs: readonly GroupSyncDto[] }) {
  const t = useTranslations('groups.sync')
  return syncs
    .filter(({ status }) => status !== 'done')
    .map(({ connection, status, listed, total, failure }) => {
      const kind = providerErrorKinds.find((known) => known === failure?.kind)
      const code = failure?.providerCode
      return (
        <div
          key={connection.key}
          data-connection={connection.key}
          data-sync={failure ? 'stopped' : status}
          className="flex gap-2 rounded-panel border border-line bg-surface p-3"
        >
          {failure ? (
            <TriangleAlert aria-hidden className="mt-0.5 size-4 shrink-0 text-warning-text" />
          ) : (
            <LoaderCircle aria-hidden className="mt-0.5 size-4 shrink-0 animate-spin text-muted" />
          )}
          <div className="min-w-0 flex-1">
            <p className="tabular-nums">
              {status === 'waiting' && t('waiting', { connection: connection.name })}
              {status === 'running' &&
                (total === null
                  ? t('running', { connection: connection.name, listed })
                  : t('runningOf', { connection: connection.name, listed, total }))}
            </p>
            {failure && (
              <div className="text-sm text-muted">
                <p>{t('stopped')}</p>
                {kind && (
                  <FailureText
                    provider={connection.provider}
                    failure={{ kind, ...(code === undefined ? {} : { providerCode: code }) }}
                  />
                )}
              </div>
            )}
          </div>
        </div>
      )
    })
}
