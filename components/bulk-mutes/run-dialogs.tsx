'use client'

import { useTranslations } from 'next-intl'
import { Button } from '@/components/ui/button'
import { useServerNow } from '@/components/ui/clock'
import { Dialog } from '@/components/ui/dialog'
import type { BulkMuteDto } from '@/lib/bulk-mutes/schemas'
import { leftOutOf } from './run-model'
import { startLabel } from './start-label'
import { useRunWords } from './use-run-words'

type DialogProps = { run: BulkMuteDto; isOpen: boolean; isBusy: boolean; onClose(): void; onConfirm(): void }

/** Before a run is started, asked for or approved: how many, where, until when, and who is left out. */
export function StartDialog({ run, isOpen, isBusy, onClose, onConfirm }: DialogProps) {
  const t = useTranslations('bulkMutes')
  const common = useTranslations('common.actions')
  const words = useRunWords()
  const now = useServerNow(run.serverNow, 'minute')
  const left = leftOutOf(run)
  const what = words.what(run, now)
  return (
    <Dialog
      isOpen={isOpen}
      onOpenChange={(wants) => !wants && onClose()}
      title={t('confirm.title')}
      description={what}
      footer={
        <>
          <Button onClick={onClose}>{common('cancel')}</Button>
          <Button variant={run.kind === 'mute' ? 'danger' : 'primary'} isBusy={isBusy} onClick={onConfirm}>
            {startLabel(run, what, t)}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-2">
        {run.approval && run.status === 'previewed' && <p>{t(`approval.${run.approval}`)}</p>}
        {left.length > 0 && (
          <div>
            <p className="font-medium">
              {t(run.userId === null ? 'confirm.leftOut' : 'inGroups.leftOut', {
                count: left.reduce((sum, { count }) => sum + count, 0),
              })}
            </p>
            <ul className="list-inside list-disc text-muted">
              {left.map(({ why, count }) => (
                <li key={why}>{t('items.counter', { label: t(`reasons.${why}`), count })}</li>
              ))}
            </ul>
          </div>
        )}
      </div>
    </Dialog>
  )
}

/** Before a run is ended: what is done stays done. */
export function CancelDialog({ run, isOpen, isBusy, onClose, onConfirm }: DialogProps) {
  const t = useTranslations('bulkMutes')
  const isSent = run.startedAt !== null
  return (
    <Dialog
      isOpen={isOpen}
      onOpenChange={(wants) => !wants && onClose()}
      title={isSent ? t('cancel.title') : t('discard.title')}
      description={
        isSent ? t('cancel.text', { done: run.states.applied, left: run.states.pending }) : t('discard.text')
      }
      footer={
        <>
          <Button onClick={onClose}>{isSent ? t('cancel.keep') : t('discard.keep')}</Button>
          <Button variant="danger" isBusy={isBusy} onClick={onConfirm}>
            {isSent ? t('commands.cancel') : t('commands.discard')}
          </Button>
        </>
      }
    />
  )
}
