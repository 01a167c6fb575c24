import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { toast } from '@/components/ui/toast-store'
import type { CaseDto } from '@/lib/reports/case-schemas'
import { CaseRefusal } from './case-refusal'
import type { CaseCommands } from './use-case-commands'

/** What every dialog about a case is given. */
export type CaseDialogProps = { one: CaseDto; serverNow: number; commands: CaseCommands; onClose(): void }

type FrameProps = CaseDialogProps & {
  command: 'hold' | 'handOver' | 'escalate' | 'sendBack'
  /** gives whether it was done */
  act(): Promise<boolean>
  children: ReactNode
}

/** The frame of a command on a case: what it is, its one button, why it was refused, and a word when it is done. */
export function CaseDialog({ command, act, one, serverNow, commands, onClose, children }: FrameProps) {
  const t = useTranslations(`reports.case.${command}`)
  const common = useTranslations('common.actions')
  async function run() {
    if (!(await act())) return
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
          <Button variant="primary" isBusy={commands.busy === command} onClick={() => void run()}>
            {t('do', { number: one.number })}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-2">
        {children}
        <CaseRefusal commands={commands} of={[command]} serverNow={serverNow} />
      </div>
    </Dialog>
  )
}
