import { useTranslations } from 'next-intl'
import type { AccountKey } from '@/lib/accounts/schemas'
import type { NotesDto } from '@/lib/reports/note-dtos'
import { AccountForm } from './account-form'
import { NoteList } from './note-list'
import { Panel } from './panel'

type AccountNotesProps = { account: AccountKey; noted: NotesDto; canWork: boolean }

/** On an account's page: what moderators wrote about it, in its cases and here, and the way to add to it. */
export function AccountNotes({ account, noted, canWork }: AccountNotesProps) {
  const t = useTranslations('reports.case.notes')
  return (
    <Panel title={t('title')}>
      <NoteList notes={noted.notes} serverNow={noted.serverNow} />
      {canWork && <AccountForm label={t('key')} shortcut="n" note={account} />}
    </Panel>
  )
}
