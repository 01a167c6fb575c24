'use client'

import { useRouter } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { ActionErrorPanel } from '@/components/mutes/action-error-panel'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { SafeText, safePlain } from '@/components/ui/safe-text'
import { useInstantFormat } from '@/components/ui/time'
import { toast } from '@/components/ui/toast-store'
import { revokeApiKeyAction } from '@/lib/auth/actions'
import type { ApiKeyDto } from '@/lib/auth/api-key-schemas'
import { answerOf } from '@/lib/read'
import type { ActionError } from '@/lib/result'

/** The API keys that there are and were, each with what ends it. `serverNow`: when they were read. */
export function KeyList({ keys, serverNow }: { keys: readonly ApiKeyDto[]; serverNow: number }) {
  const t = useTranslations('settings.keys')
  const router = useRouter()
  const [asked, setAsked] = useState<ApiKeyDto>()
  const [isBusy, setBusy] = useState(false)
  const [problem, setProblem] = useState<ActionError>()

  function ask(key: ApiKeyDto | undefined) {
    setAsked(key)
    setProblem(undefined)
  }
  async function revoke({ id }: ApiKeyDto) {
    if (isBusy) return
    setBusy(true)
    const result = await answerOf(() => revokeApiKeyAction({ id }))
    setBusy(false)
    router.refresh()
    if (!result.ok) return setProblem(result.error)
    ask(undefined)
    toast({ tone: 'success', title: t('revoked') })
  }

  if (keys.length === 0) return <p className="text-muted">{t('none')}</p>
  return (
    <>
      <ul aria-label={t('list')} className="flex flex-col divide-y divide-line border-y border-line">
        {keys.map((key) => (
          <KeyLine key={key.id} apiKey={key} serverNow={serverNow} onRevoke={() => ask(key)} />
        ))}
      </ul>
      <Dialog
        isOpen={asked !== undefined}
        onOpenChange={() => ask(undefined)}
        title={t('revokeTitle', { name: safePlain(asked?.name ?? '') })}
        description={t('revokeWhat')}
        footer={
          <>
            <Button onClick={() => ask(undefined)}>{t('keep')}</Button>
            <Button variant="danger" isBusy={isBusy} onClick={() => asked && revoke(asked)}>
              {t('revoke')}
            </Button>
          </>
        }
      >
        {problem && <ActionErrorPanel error={problem} />}
      </Dialog>
    </>
  )
}

type KeyLineProps = { apiKey: ApiKeyDto; serverNow: number; onRevoke(): void }

function KeyLine({ apiKey, serverNow, onRevoke }: KeyLineProps) {
  const t = useTranslations('settings.keys')
  const { short } = useInstantFormat()
  const { name, prefix, scopes, moderator, createdAt, lastUsedAt, revokedAt } = apiKey
  const whose = { name: safePlain(moderator.name), email: moderator.email }
  const times = [
    t('since', { time: short(createdAt, serverNow) }),
    lastUsedAt === null ? t('unused') : t('used', { time: short(lastUsedAt, serverNow) }),
    ...(revokedAt === null ? [] : [t('ended', { time: short(revokedAt, serverNow) })]),
  ]
  return (
    <li className="flex flex-wrap items-center justify-between gap-2 py-2">
      <div className="min-w-0 wrap-anywhere">
        <p className={revokedAt === null ? 'font-medium' : 'text-muted line-through'}>
          <SafeText text={name} />
        </p>
        <p className="text-sm text-muted">
          <code>{`${prefix}_…`}</code> · {scopes.join(', ')}
        </p>
        <p className="text-sm text-muted">
          {moderator.isDisabled ? t('disabled', whose) : t('actsAs', whose)}
        </p>
        <p className="text-sm text-muted">{times.join(' · ')}</p>
      </div>
      {revokedAt === null && (
        <Button onClick={onRevoke} aria-label={t('revokeNamed', { name: safePlain(name) })}>
          {t('revoke')}
        </Button>
      )}
    </li>
  )
}
