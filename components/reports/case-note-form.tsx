'use client'

import { useTranslations } from 'next-intl'
import { CaseRefusal } from './case-refusal'
import { NoteForm } from './note-form'
import type { CaseCommands } from './use-case-commands'

type CaseNoteFormProps = {
  /** under which the draft is kept in this tab */
  draft: string
  takesFocus: boolean
  serverNow: number
  commands: CaseCommands
  onTyping(isTyping: boolean): void
  onWritten(): void
}

/** Where a note on the accused is written in a case; colleagues can be named in it. */
export function CaseNoteForm({
  draft,
  takesFocus,
  serverNow,
  commands,
  onTyping,
  onWritten,
}: CaseNoteFormProps) {
  const t = useTranslations('reports.case.notes')
  return (
    <NoteForm
      canName
      takesFocus={takesFocus}
      label={t('text')}
      draft={draft}
      isBusy={commands.busy === 'note'}
      write={async (text, isSticky) => {
        const isWritten = (await commands.note(text, isSticky)) !== null
        if (isWritten) onWritten()
        return isWritten
      }}
      onTyping={onTyping}
    >
      <CaseRefusal commands={commands} of={['note']} serverNow={serverNow} />
    </NoteForm>
  )
}
