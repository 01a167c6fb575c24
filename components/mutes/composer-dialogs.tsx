'use client'

import { useTranslations } from 'next-intl'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { safePlain } from '@/components/ui/safe-text'
import { useRoleNames } from './role-words'
import type { Places } from './state-kind'
import type { MuteSubject } from './subject'

type Kind = 'discard' | 'forever'

type ComposerDialogsProps = {
  dialog: Kind | null
  onDialog(dialog: Kind | null): void
  subject: MuteSubject
  places: Places
  /** whom a mute of roles is for */
  roles: readonly number[] | null
  confirmLabel: string
  discardText: string
  onConfirm(): void
  onDiscard(): void
}

/** The two questions that the composer asks: before a mute without end, and before what was typed is thrown away. */
export function ComposerDialogs(props: ComposerDialogsProps) {
  const { dialog, onDialog, subject, places, roles, confirmLabel, discardText, onConfirm, onDiscard } = props
  const t = useTranslations('mutes.composer')
  const roleNames = useRoleNames()
  const { name, nickname } = subject
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
        title={t('foreverTitle', { name })}
        description={t('foreverText', {
          name: safePlain(nickname || name, 40),
          id: name,
          places,
          roles: roleNames(roles ?? []),
        })}
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
