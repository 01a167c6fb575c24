'use client'

import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { lazy, Suspense, useState } from 'react'
import { ActionErrorPanel } from '@/components/mutes/action-error-panel'
import { useShortcut } from '@/components/shell/shortcuts'
import { Button } from '@/components/ui/button'
import { Skeleton } from '@/components/ui/skeleton'
import type { AccountKey } from '@/lib/accounts/schemas'
import { ReadError } from '@/lib/read'
import { reportQueries } from '@/lib/reports/query-options'
import { NoteList } from './note-list'
import { Panel } from './panel'

/** Loaded when somebody writes: most looks at an account end without a note. */
const AccountNoteForm = lazy(async () => ({ default: (await import('./account-note-form')).AccountNoteForm }))

/** On an account's page: what moderators wrote about it, in its cases and here, and the form to add to it. */
export function AccountNotes({ account, canWork }: { account: AccountKey; canWork: boolean }) {
  const t = useTranslations('reports.case.notes')
  const common = useTranslations('common.actions')
  const { data, error, refetch } = useQuery(reportQueries.notes(account))
  const [isWriting, setWriting] = useState(false)
  useShortcut({ key: 'n', label: t('key'), when: canWork && !isWriting, run: () => setWriting(true) })

  return (
    <Panel title={t('title')}>
      {data ? (
        <NoteList notes={data.notes} serverNow={data.serverNow} />
      ) : error instanceof ReadError ? (
        <ActionErrorPanel
          error={error.error}
          isRead
          actions={<Button onClick={() => void refetch()}>{common('retry')}</Button>}
        />
      ) : (
        <Skeleton lines={2} />
      )}
      {canWork && !isWriting && (
        <Button shortcut="n" className="self-start" onClick={() => setWriting(true)}>
          {t('key')}
        </Button>
      )}
      {canWork && isWriting && (
        <Suspense fallback={<Skeleton lines={3} />}>
          <AccountNoteForm account={account} onWritten={() => setWriting(false)} />
        </Suspense>
      )}
    </Panel>
  )
}
