'use client'

import { useRouter } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { ActionErrorPanel } from '@/components/mutes/action-error-panel'
import { Button } from '@/components/ui/button'
import type { AccountKey } from '@/lib/accounts/schemas'
import { answerOf } from '@/lib/read'
import { writeNoteAction } from '@/lib/reports/actions'
import type { ActionError } from '@/lib/result'
import { NoteForm } from './note-form'

/** Where a note on an account is written outside of any case. */
export function AccountNoteForm({ account, onWritten }: { account: AccountKey; onWritten: () => void }) {
  const t = useTranslations('reports.case.notes')
  const common = useTranslations('common.actions')
  const router = useRouter()
  const [isBusy, setBusy] = useState(false)
  const [refusal, setRefusal] = useState<ActionError>()

  async function write(text: string, isSticky: boolean): Promise<boolean> {
    if (isBusy) return false
    setBusy(true)
    setRefusal(undefined)
    const result = await answerOf(() => writeNoteAction({ about: account, text, isSticky }))
    setBusy(false)
    if (result.ok) onWritten()
    else setRefusal(result.error)
    router.refresh()
    return result.ok
  }

  return (
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
  )
}
