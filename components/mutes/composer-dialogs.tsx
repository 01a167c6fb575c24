'use client'

import { useTranslations } from 'next-intl'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { safePlain } from '@/components/ui/safe-text'
import type { AccountDto } from '@/lib/accounts/schemas'
import type { Places } from './state-kind'

type Kind = 'discard' | 'forever'

type ComposerDialogsProps = {
  dialog: Kind | null
  onDialog(dialog: Kind | null): void
  account: AccountDto
  places: Places
  confirmLabel: string
  discardText: string
  onConfirm(): void
  onDiscard(): void
}

/** The two questions that the composer asks: before a mute without end, and before what was typed is thrown away. */
export function ComposerDialogs(props: ComposerDialogsProps) {
  const { dialog, onDialog, account, places, confirmLabel, discardText, onConfirm, onDiscard } = props
  const t = useTranslations('mutes.composer')
  const { userId, nickname } = account
  const close = () => onDialog(null)
  const answer = (then: () => void) => () => {
    close()
    then()
  }
  return (
    <>
      <Dialog
        isOpen={dialog === 'forever'}
        onOpenChange={(isOpen) => !isOpen && close()}
        title={t('foreverTitle', { name: userId })}
        description={t('foreverText', { name: safePlain(nickname || userId, 40), id: userId, places })}
        footer={
          <>
            <Button onClick={close}>{t('cancel')}</Button>
            <Button variant="danger" onClick={answer(onConfirm)}>
              {confirmLabel}
            </Button>
          </>
        }
      />
      <Dialog
        isOpen={dialog === 'discard'}
        onOpenChange={(isOpen) => !isOpen && close()}
        title={t('discardTitle')}
        description={discardText}
        footer={
          <>
            <Button onClick={close}>{t('keep')}</Button>
            <Button variant="danger" onClick={answer(onDiscard)}>
              {t('discard')}
            </Button>
          </>
        }
      />
    </>
  )
}
