'use client'

import { useInfiniteQuery } from '@tanstack/react-query'
import { History as HistoryIcon } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useEffect, useId } from 'react'
import { Button } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/empty-state'
import { Skeleton } from '@/components/ui/skeleton'
import type { Actor } from '@/lib/auth/actor'
import { muteQueries } from '@/lib/mutes/query-options'
import type { MuteCommandDto } from '@/lib/mutes/schemas'
import { ReadError } from '@/lib/read'
import { ActionErrorPanel } from './action-error-panel'
import { commandAnchor } from './command-href'
import { HistoryEntry } from './history-entry'
import type { MuteSubject } from './subject'
import type { MuteCommands } from './use-mute-commands'

type HistoryProps = {
  subject: MuteSubject
  /** the server's time of the page's last reading, epoch ms */
  serverNow: number
  actor: Pick<Actor, 'role'>
  commands: MuteCommands
}

/**
 * Every command on this account, or on this member or everybody in a group, newest first, each with what it changed and
 * a way back where there is one.
 */
export function History({ subject, serverNow, actor, commands }: HistoryProps) {
  const t = useTranslations('mutes.history')
  const titleId = useId()
  const history = useInfiniteQuery(muteQueries.history(subject.place))
  const entries = history.data?.pages.flatMap((page) => page.commands) ?? []
  /** A group's own page need not say which group it is. */
  const inGroup = ({ groupId }: MuteCommandDto) => {
    if (groupId === null || groupId === subject.place.groupId) return null
    const named = history.data?.pages.find((page) => groupId in page.groupNames)
    return { groupId, name: named?.groupNames[groupId] ?? null }
  }
  const isLoaded = history.data !== undefined
  // A link to a line that was not rendered yet when the page opened.
  useEffect(() => {
    const anchor = window.location.hash.slice(1)
    if (isLoaded && anchor.startsWith(commandAnchor(''))) document.getElementById(anchor)?.scrollIntoView()
  }, [isLoaded])
  return (
    <section aria-labelledby={titleId} className="rounded-panel border border-line bg-surface">
      <h2 id={titleId} className="border-b border-line px-4 py-3 text-lg">
        {t('title')}
      </h2>
      {history.isPending && <Skeleton className="p-4" />}
      {history.error instanceof ReadError && (
        <div className="p-4">
          <ActionErrorPanel
            error={history.error.error}
            isRead
            actions={<Button onClick={() => void history.refetch()}>{t('retry')}</Button>}
          />
        </div>
      )}
      {isLoaded && entries.length === 0 && (
        <EmptyState icon={<HistoryIcon aria-hidden />} title={t('empty')} />
      )}
      <ol className="divide-y divide-line">
        {entries.map((command) => (
          <HistoryEntry
            key={command.id}
            command={command}
            inGroup={inGroup(command)}
            provider={subject.connection.provider}
            serverNow={serverNow}
            role={actor.role}
            isUndoing={commands.busy?.what === 'undo' && commands.busy.id === command.id}
            onUndo={() => void commands.undo(command.id)}
          />
        ))}
      </ol>
      {history.hasNextPage && (
        <div className="border-t border-line p-3 text-center">
          <Button isBusy={history.isFetchingNextPage} onClick={() => void history.fetchNextPage()}>
            {t('more')}
          </Button>
        </div>
      )}
    </section>
  )
}
