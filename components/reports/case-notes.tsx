'use client'

import { useTranslations } from 'next-intl'
import { lazy, Suspense, useEffect, useState } from 'react'
import { useShortcut } from '@/components/shell/shortcuts'
import { Button } from '@/components/ui/button'
import { Skeleton } from '@/components/ui/skeleton'
import type { NoteDto } from '@/lib/reports/note-dtos'
import { keptDraft } from './draft-store'
import { NoteList } from './note-list'
import { Panel } from './panel'
import type { CaseCommands } from './use-case-commands'

/** Loaded when somebody writes, as on an account's page. */
const CaseNoteForm = lazy(async () => ({ default: (await import('./case-note-form')).CaseNoteForm }))

type CaseNotesProps = {
  caseId: string
  notes: readonly NoteDto[]
  serverNow: number
  canWork: boolean
  commands: CaseCommands
  onTyping(isTyping: boolean): void
}

/** What moderators wrote about the accused, and the way to add to it. */
export function CaseNotes({ caseId, notes, serverNow, canWork, commands, onTyping }: CaseNotesProps) {
  const t = useTranslations('reports.case.notes')
  const [writing, setWriting] = useState<'no' | 'begun' | 'kept' | 'written'>('no')
  const isWriting = writing === 'begun' || writing === 'kept'
  const draft = `note.${caseId}`
  // What was being written when the page was left is there again.
  useEffect(() => {
    if (keptDraft(draft) !== '') setWriting('kept')
  }, [draft])
  useShortcut({
    key: 'n',
    label: t('key'),
    when: canWork && !isWriting,
    run: () => setWriting('begun'),
  })
  return (
    <Panel title={t('title')}>
      <NoteList notes={notes} serverNow={serverNow} />
      {canWork && !isWriting && (
        <Button
          // The form that had the focus is gone.
          autoFocus={writing === 'written'}
          shortcut="n"
          className="self-start"
          onClick={() => setWriting('begun')}
        >
          {t('key')}
        </Button>
      )}
      {canWork && isWriting && (
        <Suspense fallback={<Skeleton lines={3} />}>
          <CaseNoteForm
            draft={draft}
            takesFocus={writing === 'begun'}
            serverNow={serverNow}
            commands={commands}
            onTyping={onTyping}
            onWritten={() => setWriting('written')}
          />
        </Suspense>
      )}
    </Panel>
  )
}
