'use client'

import { useRouter } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { ErrorPanel } from '@/components/ui/error-panel'
import { toast } from '@/components/ui/toast-store'
import { endStrandedMutesAction } from '@/lib/mutes/actions'
import type { StrandedDto } from '@/lib/mutes/stranded-schemas'

type StrandedMutesProps = { stranded: StrandedDto; canClose: boolean }

/** Changes that nobody can ask the outcome of, since their connection is not configured any more, and the way to close them. */
export function StrandedMutes({ stranded, canClose }: StrandedMutesProps) {
  const t = useTranslations('ledger.stranded')
  const errors = useTranslations('errors')
  const router = useRouter()
  const [isBusy, setIsBusy] = useState(false)
  const { connection, count, commands } = stranded

  async function close() {
    setIsBusy(true)
    const result = await endStrandedMutesAction({ connection }).catch(() => null)
    setIsBusy(false)
    if (!result?.ok)
      return toast({ title: errors(`${result?.error.code ?? 'INTERNAL'}.title`), tone: 'danger' })
    const { ended, left } = result.data
    toast({
      title: t('closed', { count: ended }),
      tone: left > 0 ? 'neutral' : 'success',
      ...(left > 0 && { description: t('left', { count: left }) }),
    })
    router.refresh()
  }

  function targetOf({ userId, groupId }: StrandedDto['commands'][number]): string {
    if (groupId === null) return userId
    return userId === '' ? t('everybody', { group: groupId }) : t('inGroup', { user: userId, group: groupId })
  }

  return (
    <ErrorPanel
      role="none"
      effect={null}
      title={t('title', { connection })}
      actions={
        canClose && (
          <Button isBusy={isBusy} onClick={() => void close()}>
            {t('close')}
          </Button>
        )
      }
    >
      <p>{t('what', { count })}</p>
      <ul className="list-disc ps-5">
        {commands.map((command) => (
          <li key={command.id} className="break-words">
            {t('change', { kind: command.kind, target: targetOf(command), name: command.actorName })}
          </li>
        ))}
      </ul>
      {count > commands.length && <p>{t('more', { count: count - commands.length })}</p>}
    </ErrorPanel>
  )
}
