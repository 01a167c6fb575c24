'use client'

import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { Field, Textarea } from '@/components/ui/field'
import { toast } from '@/components/ui/toast-store'
import type { CaseDto } from '@/lib/reports/case-schemas'
import { maxNoteLength } from '@/lib/reports/rules'
import { CaseRefusal } from './case-refusal'
import type { CaseCommands } from './use-case-commands'
import { useCaseDraft } from './use-case-draft'

type PassOnDialogProps = {
  /** to the leads, or from them back to whoever passed it */
  way: 'escalate' | 'sendBack'
  one: CaseDto
  serverNow: number
  commands: CaseCommands
  onClose(): void
}

/** Passes the case to the leads, or back, with a note about why. The note is kept until it is sent. */
export function PassOnDialog({ way, one, serverNow, commands, onClose }: PassOnDialogProps) {
  const t = useTranslations(`reports.case.${way}`)
  const common = useTranslations('common.actions')
  const required = useTranslations('fieldErrors')('required')
  const [note, setNote] = useCaseDraft(`${way}.${one.id}`)
  const [isTried, setTried] = useState(false)
  async function pass() {
    setTried(true)
    if (note.trim() === '' || !(await commands[way](note.trim()))) return
    setNote('')
    toast({ tone: 'success', title: t('done') })
    onClose()
  }
  return (
    <Dialog
      isOpen
      onOpenChange={(wants) => !wants && onClose()}
      title={t('title', { number: one.number })}
      description={t('text')}
      footer={
        <>
          <Button onClick={onClose}>{common('cancel')}</Button>
          <Button variant="primary" isBusy={commands.busy === way} onClick={() => void pass()}>
            {t('do', { number: one.number })}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-2">
        <Field label={t('note')} isRequired error={isTried && note.trim() === '' ? required : undefined}>
          <Textarea value={note} maxLength={maxNoteLength} onChange={({ target }) => setNote(target.value)} />
        </Field>
        <CaseRefusal commands={commands} of={[way]} serverNow={serverNow} />
      </div>
    </Dialog>
  )
}
