import { useTranslations } from 'next-intl'
import { Button } from '@/components/ui/button'
import type { MuteStateDto } from '@/lib/mutes/schemas'

type PendingPanelProps = {
  pending: NonNullable<MuteStateDto['pending']>
  canCheck: boolean
  isBusy: boolean
  onCheck(): void
}

/** A change whose outcome is not known: who sent it, and that it is being checked. */
export function PendingPanel({ pending, canCheck, isBusy, onCheck }: PendingPanelProps) {
  const t = useTranslations('mutes.pending')
  const isUnknown = pending.status === 'unknown'
  const ofConsole = isUnknown ? 'unknownRenewal' : 'renewing'
  const ofSomebody = isUnknown ? 'unknown' : 'requested'
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-1 text-sm">
      <p>{t(pending.kind === 'renew' ? ofConsole : ofSomebody, { name: pending.actorName })}</p>
      {isUnknown && canCheck && (
        <Button isBusy={isBusy} onClick={onCheck}>
          {t('check')}
        </Button>
      )}
    </div>
  )
}
