'use client'

import { useQuery } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { useEffect, useRef, useState } from 'react'
import { Button } from '@/components/ui/button'
import { Skeleton } from '@/components/ui/skeleton'
import type { AccountDto } from '@/lib/accounts/schemas'
import type { Actor } from '@/lib/auth/actor'
import { groupQueries } from '@/lib/groups/query-options'
import type { MuteInForceDto } from '@/lib/mutes/ledger-schemas'
import { muteQueries } from '@/lib/mutes/query-options'
import { ReadError } from '@/lib/read'
import type { MutePreset } from '@/lib/settings/rules'
import { ActionErrorPanel } from './action-error-panel'
import { Composer } from './composer'
import { type ComposerForm, type ComposerMode, emptyForm } from './composer-form'
import { type MuteSubject, subjectIn } from './subject'
import { useMuteCommands } from './use-mute-commands'

type LedgerComposerProps = {
  mute: MuteInForceDto
  /** null: closed; what was sent can still be undone */
  mode: ComposerMode | null
  onMode(mode: ComposerMode): void
  connection: AccountDto['connection']
  actor: Pick<Actor, 'id' | 'role'>
  presets: readonly MutePreset[]
  onClose(): void
}

/** The composer for one mute of the list; the group that it is in is asked first, for what can be done there. */
export function LedgerComposer(props: LedgerComposerProps) {
  const { mute, mode, connection, onClose } = props
  const { userId, nickname, groupId, topicId } = mute
  const group = useQuery({
    ...groupQueries.view({ connection: connection.key, groupId: groupId ?? '' }),
    enabled: groupId !== null,
  })
  if (groupId === null) {
    const place = { connection: connection.key, userId }
    return <ComposerOf {...props} subject={{ place, connection, name: userId, nickname }} />
  }
  if (group.data) {
    const topic = group.data.topics.find((found) => found.topicId === topicId)
    const inTopic = topicId === null ? undefined : (topic ?? { topicId, name: null })
    return <ComposerOf {...props} subject={subjectIn(group.data, inTopic, userId || null)} />
  }
  return mode && <Waiting error={group.error} onRetry={() => void group.refetch()} onClose={onClose} />
}

function ComposerOf({
  subject,
  mute,
  mode,
  onMode,
  actor,
  presets,
  onClose,
}: LedgerComposerProps & { subject: MuteSubject }) {
  const router = useRouter()
  const commands = useMuteCommands(subject)
  const { data: matrix, error, refetch } = useQuery(muteQueries.matrix(subject.place))
  const fresh = {
    ...emptyForm(presets, mute.scope),
    // Of a mute that is gone at the provider, those whom it was for.
    roles: mute.drift === 'lifted_outside' ? mute.roles : null,
    // A longer mute has the reason of the mute.
    category: mute.cause?.reason.category ?? null,
  }
  const [form, setForm] = useState<ComposerForm | null>(null)
  const states = matrix?.states.map(({ version, pending }) => [version, pending?.status]) ?? null
  useChange(states && JSON.stringify(states), () => router.refresh())
  function close() {
    setForm(null)
    onClose()
  }
  if (!mode) return null
  if (!matrix) return <Waiting error={error} onRetry={() => void refetch()} onClose={close} />
  return (
    <div className="sticky top-[calc(4rem+var(--inquiry,0px))] z-10 max-h-[80dvh] w-full max-w-xl self-end overflow-y-auto rounded-panel shadow-raised">
      <Composer
        subject={subject}
        matrix={matrix}
        actor={actor}
        presets={presets}
        mode={mode}
        form={form ?? fresh}
        onForm={setForm}
        onMode={onMode}
        commands={commands}
        onClose={close}
        onDone={close}
      />
    </div>
  )
}

type WaitingProps = { error: Error | null; onRetry(): void; onClose(): void }

function Waiting({ error, onRetry, onClose }: WaitingProps) {
  const t = useTranslations('mutes.composer')
  const common = useTranslations('common.actions')
  if (!(error instanceof ReadError)) return <Skeleton lines={9} />
  return (
    <ActionErrorPanel
      error={error.error}
      isRead
      actions={
        <>
          <Button onClick={onRetry}>{t('retry')}</Button>
          <Button onClick={onClose}>{common('close')}</Button>
        </>
      }
    />
  )
}

/** Runs when the value is another than the first one that was known. */
function useChange(value: string | null, run: () => void) {
  const before = useRef(value)
  useEffect(() => {
    if (before.current !== null && before.current !== value) run()
    before.current = value
  })
}
