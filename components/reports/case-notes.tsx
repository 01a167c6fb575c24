'use client'

import { useTranslations } from 'next-intl'
import type { NoteDto } from '@/lib/reports/note-dtos'
import { CaseRefusal } from './case-refusal'
import { NoteForm } from './note-form'
import { NoteList } from './note-list'
import { Panel } from './panel'
import type { CaseCommands } from './use-case-commands'

type CaseNotesProps = {
  caseId: string
  notes: readonly NoteDto[]
  serverNow: number
  canWork: boolean
  commands: CaseCommands
  onTyping(isTyping: boolean): void
}

/** What moderators wrote about the accused, and the form to add to it. */
export function CaseNotes({ caseId, notes, serverNow, canWork, commands, onTyping }: CaseNotesProps) {
  const t = useTranslations('reports.case.notes')
  return (
    <Panel title={t('title')}>
      <NoteList notes={notes} serverNow={serverNow} />
      {canWork && (
        <NoteForm
          canName
          label={t('text')}
          draft={`note.${caseId}`}
          isBusy={commands.busy === 'note'}
          write={async (text, isSticky) => (await commands.note(text, isSticky)) !== null}
          onTyping={onTyping}
        >
          <CaseRefusal commands={commands} of={['note']} serverNow={serverNow} />
        </NoteForm>
      )}
    </Panel>
  )
}
