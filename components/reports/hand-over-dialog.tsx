'use client'

import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { Field, Select, Textarea } from '@/components/ui/field'
import { safePlain } from '@/components/ui/safe-text'
import { toast } from '@/components/ui/toast-store'
import type { CaseDto } from '@/lib/reports/case-schemas'
import { reportQueries } from '@/lib/reports/query-options'
import { maxNoteLength } from '@/lib/reports/rules'
import { CaseRefusal } from './case-refusal'
import type { CaseCommands } from './use-case-commands'
import { useCaseDraft } from './use-case-draft'

type HandOverDialogProps = { one: CaseDto; serverNow: number; commands: CaseCommands; onClose(): void }

/** Gives the case to a colleague, with a note about why. The note is kept until it is sent. */
export function HandOverDialog({ one, serverNow, commands, onClose }: HandOverDialogProps) {
  const t = useTranslations('reports.case.handOver')
  const common = useTranslations('common.actions')
  const required = useTranslations('fieldErrors')('required')
  const { data: colleagues = [] } = useQuery(reportQueries.colleagues())
  const [to, setTo] = useState('')
  const [note, setNote] = useCaseDraft(`hand-over.${one.id}`)
  const [isTried, setTried] = useState(false)
  async function handOver() {
    setTried(true)
    if (to === '' || note.trim() === '' || !(await commands.handOver(to, note.trim()))) return
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
          <Button variant="primary" isBusy={commands.busy === 'handOver'} onClick={() => void handOver()}>
            {t('do', { number: one.number })}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-2">
        <Field label={t('to')} isRequired error={isTried && to === '' ? required : undefined}>
          <Select value={to} onChange={({ target }) => setTo(target.value)}>
            <option value="">{t('choose')}</option>
            {colleagues
              .filter(({ isLead }) => isLead || !one.needsLead)
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
        <CaseRefusal commands={commands} of={['handOver']} serverNow={serverNow} />
      </div>
    </Dialog>
  )
}
