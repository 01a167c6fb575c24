'use client'

import { useTranslations } from 'next-intl'
import { Button } from '@/components/ui/button'
import { safePlain } from '@/components/ui/safe-text'
import { RemainingTime } from '@/components/ui/time'
import type { CaseCommands } from './use-case-commands'
import type { Stand } from './work-stand'

type DecideHolderProps = { stand: Stand; serverNow: number; canWork: boolean; commands: CaseCommands }

/** Stands where the decision would be made: in whose hands the case is, until when, and how it comes into one's own. */
export function DecideHolder({ stand, serverNow, canWork, commands }: DecideHolderProps) {
  const t = useTranslations('reports.case.work')
  const decide = useTranslations('reports.decide')
  return (
    <div className="flex flex-col items-start gap-2">
      <p className="flex flex-wrap items-center gap-x-1.5">
        {stand.words && <span>{t(stand.words, { name: safePlain(stand.name, 40) })}</span>}
        {stand.until !== null && <RemainingTime until={stand.until} serverNow={serverNow} />}
      </p>
      {!stand.canClaim && <p className="text-sm text-muted">{decide('holder')}</p>}
      {canWork && stand.canClaim && (
        <Button isBusy={commands.busy === 'claim'} onClick={() => void commands.claim(stand.takesOver)}>
          {t('takeOver')}
        </Button>
      )}
    </div>
  )
}
