'use client'

import { useTranslations } from 'next-intl'
import { toast } from '@/components/ui/toast-store'
import { acceptDriftAction, reapplyMuteAction } from '@/lib/mutes/actions'
import type { MuteStateDto } from '@/lib/mutes/schemas'
import { answerOf } from '@/lib/read'
import type { MuteChecks } from './use-mute-checks'
import { useToldWords } from './use-told-words'

/** A mute that somebody decides about, as it was seen. */
type SeenState = Pick<MuteStateDto, 'scope' | 'version'>

/** What can be done about a mute that was changed elsewhere: to take it as it is, or to set it again. */
export function useDriftCommands({ about: { place, name }, refresh, whileBusy, noteOwn }: MuteChecks) {
  const t = useTranslations('mutes')
  const errors = useTranslations('errors')
  const { doneTitle, tellOutcome } = useToldWords(name)

  async function accept(state: SeenState) {
    await whileBusy({ what: 'drift', id: state.scope }, async () => {
      const { scope, version } = state
      const result = await answerOf(() => acceptDriftAction({ ...place, scope, version }))
      toast(
        result.ok
          ? { title: t('drift.accepted'), tone: 'success' }
          : { title: errors(`${result.error.code}.title`), tone: 'danger' },
      )
      await refresh()
    })
  }

  async function reapply(state: SeenState) {
    await whileBusy({ what: 'drift', id: state.scope }, async () => {
      const { scope, version } = state
      const result = await answerOf(() =>
        reapplyMuteAction({
          ...place,
          scope,
          basis: { [scope]: version },
          idempotencyKey: crypto.randomUUID(),
        }),
      )
      if (result.ok) {
        noteOwn(result.data.id)
        tellOutcome(result.data, doneTitle(result.data))
      } else toast({ title: errors(`${result.error.code}.title`), tone: 'danger' })
      await refresh()
    })
  }

  return { accept, reapply }
}
