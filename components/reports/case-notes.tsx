'use client'

import { Pin } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useRef, useState } from 'react'
import { useShortcut } from '@/components/shell/shortcuts'
import { Badge } from '@/components/ui/badge'
import { Button } from '@/components/ui/button'
import { Checkbox } from '@/components/ui/choice'
import { Field, Textarea } from '@/components/ui/field'
import { SafeText } from '@/components/ui/safe-text'
import { AbsoluteTime } from '@/components/ui/time'
import { toast } from '@/components/ui/toast-store'
import type { NoteDto } from '@/lib/reports/case-schemas'
import { maxNoteLength } from '@/lib/reports/rules'
import { CaseRefusal } from './case-refusal'
import { Panel } from './panel'
import { SafeLines } from './safe-lines'
import type { CaseCommands } from './use-case-commands'
import { useCaseDraft } from './use-case-draft'

type CaseNotesProps = {
  caseId: string
  notes: readonly NoteDto[]
  serverNow: number
  canWork: boolean
  commands: CaseCommands
  onTyping(isTyping: boolean): void
}

/** What moderators wrote about the accused, and the form to add to it. What is typed stays with this case and tab. */
export function CaseNotes({ caseId, notes, serverNow, canWork, commands, onTyping }: CaseNotesProps) {
  const t = useTranslations('reports.case.notes')
  const field = useRef<HTMLTextAreaElement>(null)
  const [text, setText] = useCaseDraft(`note.${caseId}`)
  const [isSticky, setSticky] = useState(false)
  useShortcut({ key: 'n', label: t('key'), when: canWork, run: () => field.current?.focus() })

  function type(next: string) {
    setText(next)
    onTyping(next !== '')
  }
  async function save() {
    if (text.trim() === '' || !(await commands.note(text.trim(), isSticky))) return
    type('')
    setSticky(false)
    toast({ tone: 'success', title: t('saved') })
  }

  return (
    <Panel title={t('title')}>
      {notes.length === 0 && <p className="text-muted">{t('none')}</p>}
      <ul className="flex flex-col gap-2">
        {notes.map((note) => (
          <li key={note.id} className="rounded-control bg-sunken px-2 py-1">
            <div className="flex flex-wrap items-center gap-x-2 text-sm text-muted">
              <SafeText text={note.by} maxLength={40} />
              <AbsoluteTime at={note.writtenAt} serverNow={serverNow} />
              {note.caseNumber !== null && <span>{t('in', { number: note.caseNumber })}</span>}
              {note.isSticky && <Badge icon={<Pin aria-hidden />}>{t('stickyMark')}</Badge>}
            </div>
            <SafeLines text={note.text} />
          </li>
        ))}
      </ul>
      {canWork && (
        <form
          className="flex flex-col gap-2"
          onSubmit={(event) => {
            event.preventDefault()
            void save()
          }}
        >
          <Field label={t('text')} hint={text !== '' && t('kept')}>
            <Textarea
              ref={field}
              value={text}
              maxLength={maxNoteLength}
              onChange={(event) => type(event.target.value)}
            />
          </Field>
          <Checkbox
            label={t('sticky')}
            checked={isSticky}
            onChange={(event) => setSticky(event.target.checked)}
          />
          <CaseRefusal commands={commands} of={['note']} serverNow={serverNow} />
          <Button type="submit" shortcut="n" isBusy={commands.busy === 'note'} className="self-start">
            {t('save')}
          </Button>
        </form>
      )}
    </Panel>
  )
}
