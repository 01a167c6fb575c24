'use client'

import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { RadioChips } from '@/components/ui/choice'
import { holdChoices } from '@/lib/reports/queue-rules'
import { CaseDialog, type CaseDialogProps } from './case-dialog'

/** Puts the case aside for a while. */
export function HoldDialog(props: CaseDialogProps) {
  const t = useTranslations('reports.case.hold')
  const [seconds, setSeconds] = useState<number>(holdChoices[1])
  return (
    <CaseDialog {...props} command="hold" act={() => props.commands.hold(seconds)}>
      <RadioChips
        legend={t('legend')}
        value={String(seconds)}
        onChange={(value) => setSeconds(Number(value))}
        choices={holdChoices.map((choice) => ({ value: String(choice), label: t(`choices.${choice}`) }))}
      />
    </CaseDialog>
  )
}
