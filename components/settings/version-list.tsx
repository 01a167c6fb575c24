'use client'

import { useInfiniteQuery } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { ActionErrorPanel } from '@/components/mutes/action-error-panel'
import { Button } from '@/components/ui/button'
import { safePlain } from '@/components/ui/safe-text'
import { Skeleton } from '@/components/ui/skeleton'
import { useInstantFormat } from '@/components/ui/time'
import { toast } from '@/components/ui/toast-store'
import { answerOf, ReadError } from '@/lib/read'
import type { ActionError } from '@/lib/result'
import { restoreSettingAction } from '@/lib/settings/actions'
import { settingQueries } from '@/lib/settings/query-options'
import type { SettingKey } from '@/lib/settings/rules'
import { VersionEntry } from './version-entry'

/** `version`: the present one as the page has it */
type VersionListProps = { settingKey: SettingKey; version: number; serverNow: number }

/** All versions of a setting, newest first, each with what it changed and a way back to it. */
export function VersionList({ settingKey, version, serverNow }: VersionListProps) {
  const t = useTranslations('settings.history')
  const router = useRouter()
  const { short } = useInstantFormat()
  const history = useInfiniteQuery(settingQueries.history(settingKey, version))
  const [restoring, setRestoring] = useState<number | null>(null)
  const [problem, setProblem] = useState<ActionError>()
  const versions = history.data?.pages.flatMap((page) => page.versions) ?? []
  const newest = versions[0]?.version ?? version

  async function restore(restored: number) {
    if (restoring !== null) return
    setRestoring(restored)
    setProblem(undefined)
    const result = await answerOf(() => restoreSettingAction({ key: settingKey, restored, version: newest }))
    setRestoring(null)
    // What is set now, by whomever, comes with the page, and the list with its version.
    router.refresh()
    if (!result.ok) return setProblem(result.error)
    toast({
      tone: 'success',
      title: t('restored', { version: restored }),
      description: t('restoredWhat', { version: result.data.version }),
    })
  }

  const { by, at } = problem?.code === 'SETTINGS_CHANGED' ? (problem.details ?? {}) : {}
  return (
    <div className="flex flex-col gap-2 border-s-2 border-line ps-3">
      {history.isPending && <Skeleton />}
      {history.error instanceof ReadError && (
        <ActionErrorPanel
          error={history.error.error}
          isRead
          actions={<Button onClick={() => void history.refetch()}>{t('retry')}</Button>}
        />
      )}
      {problem && (
        <ActionErrorPanel error={problem}>
          {by && at && <p>{t('conflict', { name: safePlain(by), time: short(at, serverNow) })}</p>}
        </ActionErrorPanel>
      )}
      {settingKey === 'report-policies' && <p className="text-sm text-muted">{t('categories')}</p>}
      <ol aria-label={t('list')} className="flex flex-col divide-y divide-line">
        {versions.map((one) => (
          <VersionEntry
            key={one.version}
            one={one}
            isNow={one.version === newest}
            isRestoring={restoring === one.version}
            serverNow={serverNow}
            onRestore={() => void restore(one.version)}
          />
        ))}
      </ol>
      {history.hasNextPage && (
        <Button
          className="self-start"
          isBusy={history.isFetchingNextPage}
          onClick={() => void history.fetchNextPage()}
        >
          {t('more')}
        </Button>
      )}
    </div>
  )
}
