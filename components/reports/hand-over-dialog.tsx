'use client'

import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { Field, Select, Textarea } from '@/components/ui/field'
import { safePlain } from '@/components/ui/safe-text'
import { reportQueries } from '@/lib/reports/query-options'
import { maxNoteLength } from '@/lib/reports/rules'
import { CaseDialog, type CaseDialogProps } from './case-dialog'
import { useCaseDraft } from './use-case-draft'

/** Gives the case to a colleague, with a note about why. The note is kept until it is sent. */
export function HandOverDialog(props: CaseDialogProps) {
  const t = useTranslations('reports.case.handOver')
  const required = useTranslations('fieldErrors')('required')
  const { data: colleagues = [] } = useQuery(reportQueries.colleagues())
  const [to, setTo] = useState('')
  const [note, setNote] = useCaseDraft(`hand-over.${props.one.id}`)
  const [isTried, setTried] = useState(false)
  async function handOver(): Promise<boolean> {
    setTried(true)
    if (to === '' || note.trim() === '' || !(await props.commands.handOver(to, note.trim()))) return false
    setNote('')
    return true
  }
  return (
    <CaseDialog {...props} command="handOver" act={handOver}>
      <Field label={t('to')} isRequired error={isTried && to === '' ? required : undefined}>
        <Select value={to} onChange={({ target }) => setTo(target.value)}>
          <option value="">{t('choose')}</option>
          {colleagues
            .filter(({ isLead }) => isLead || !props.one.needsLead)
            .map(({ id, name }) => (
              <option key={id} value={id}>
                {safePlain(name, 60)}
              </option>
            ))}
        </Select>
      </Field>
      <Field label={t('note')} isRequired error={isTried && note.trim() === '' ? required : undefined}>
        <Textarea value={note} maxLength={maxNoteLength} onChange={({ target }) => setNote(target.value)} />
      </Field>
    </CaseDialog>
  )
}
