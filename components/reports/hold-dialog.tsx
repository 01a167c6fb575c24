'use client'

import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { RadioChips } from '@/components/ui/choice'
import { Dialog } from '@/components/ui/dialog'
import { toast } from '@/components/ui/toast-store'
import type { CaseDto } from '@/lib/reports/case-schemas'
import { holdChoices } from '@/lib/reports/queue-rules'
import { CaseRefusal } from './case-refusal'
import type { CaseCommands } from './use-case-commands'

type HoldDialogProps = { one: CaseDto; serverNow: number; commands: CaseCommands; onClose(): void }

/** Puts the case aside for a while. */
export function HoldDialog({ one, serverNow, commands, onClose }: HoldDialogProps) {
  const t = useTranslations('reports.case.hold')
  const common = useTranslations('common.actions')
  const [seconds, setSeconds] = useState<number>(holdChoices[1])
  async function hold() {
    if (!(await commands.hold(seconds))) return
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
          <Button variant="primary" isBusy={commands.busy === 'hold'} onClick={() => void hold()}>
            {t('do', { number: one.number })}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-2">
        <RadioChips
          legend={t('legend')}
          value={String(seconds)}
          onChange={(value) => setSeconds(Number(value))}
          choices={holdChoices.map((choice) => ({ value: String(choice), label: t(`choices.${choice}`) }))}
        />
        <CaseRefusal commands={commands} of={['hold']} serverNow={serverNow} />
      </div>
    </Dialog>
  )
}
