'use client'

import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { Field, Textarea } from '@/components/ui/field'
import { maxNoteLength } from '@/lib/reports/rules'
import { CaseDialog, type CaseDialogProps } from './case-dialog'
import { useCaseDraft } from './use-case-draft'

type PassOnDialogProps = CaseDialogProps & {
  /** to the leads, or from them back to whoever passed it */
  way: 'escalate' | 'sendBack'
}

/** Passes the case to the leads, or back, with a note about why. The note is kept until it is sent. */
export function PassOnDialog({ way, ...props }: PassOnDialogProps) {
  const t = useTranslations(`reports.case.${way}`)
  const required = useTranslations('fieldErrors')('required')
  const [note, setNote] = useCaseDraft(`${way}.${props.one.id}`)
  const [isTried, setTried] = useState(false)
  async function pass(): Promise<boolean> {
    setTried(true)
    if (note.trim() === '' || !(await props.commands[way](note.trim()))) return false
    setNote('')
    return true
  }
  return (
    <CaseDialog {...props} command={way} act={pass}>
      <Field label={t('note')} isRequired error={isTried && note.trim() === '' ? required : undefined}>
        <Textarea value={note} maxLength={maxNoteLength} onChange={({ target }) => setNote(target.value)} />
      </Field>
    </CaseDialog>
  )
}
