'use client'

import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { ActionErrorPanel } from '@/components/mutes/action-error-panel'
import { useShortcut } from '@/components/shell/shortcuts'
import { Button } from '@/components/ui/button'
import { Skeleton } from '@/components/ui/skeleton'
import type { AccountKey } from '@/lib/accounts/schemas'
import { ReadError } from '@/lib/read'
import { writeNoteAction } from '@/lib/reports/actions'
import { reportsKey } from '@/lib/reports/inquiry-query'
import { reportQueries } from '@/lib/reports/query-options'
import type { ActionError } from '@/lib/result'
import { NoteForm } from './note-form'
import { NoteList } from './note-list'
import { Panel } from './panel'
import { reached } from './use-case-commands'

/** On an account's page: what moderators wrote about it, in its cases and here, and the form to add to it. */
export function AccountNotes({ account, canWork }: { account: AccountKey; canWork: boolean }) {
  const t = useTranslations('reports.case.notes')
  const common = useTranslations('common.actions')
  const queryClient = useQueryClient()
  const { data, error, refetch } = useQuery(reportQueries.notes(account))
  const [isBusy, setBusy] = useState(false)
  const [isWriting, setWriting] = useState(false)
  const [refusal, setRefusal] = useState<ActionError>()
  useShortcut({ key: 'n', label: t('key'), when: canWork && !isWriting, run: () => setWriting(true) })

  async function write(text: string, isSticky: boolean): Promise<boolean> {
    if (isBusy) return false
    setBusy(true)
    setRefusal(undefined)
    const result = await reached(() => writeNoteAction({ about: account, text, isSticky }))
    setBusy(false)
    if (result.ok) setWriting(false)
    else setRefusal(result.error)
    await queryClient.invalidateQueries({ queryKey: reportsKey })
    return result.ok
  }

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
        <NoteForm
          takesFocus
          label={t('textOnAccount')}
          draft={`note.${account.connection}/${account.userId}`}
          isBusy={isBusy}
          write={write}
        >
          {refusal && (
            <ActionErrorPanel
              error={refusal}
              actions={<Button onClick={() => setRefusal(undefined)}>{common('dismiss')}</Button>}
            />
          )}
        </NoteForm>
      )}
    </Panel>
  )
}
