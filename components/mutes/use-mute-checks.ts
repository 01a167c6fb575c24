'use client'

import { useQueryClient } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { useRef, useState } from 'react'
import { toast } from '@/components/ui/toast-store'
import { groupQueries } from '@/lib/groups/query-options'
import { settleMuteAction } from '@/lib/mutes/actions'
import type { PlaceKey } from '@/lib/mutes/place-schemas'
import { muteQueries } from '@/lib/mutes/query-options'
import { answerOf } from '@/lib/read'
import type { MuteSubject } from './subject'
import { createTurns } from './turns'

type Busy = { what: 'undo' | 'drift' | 'settle'; id: string }

/**
 * What is needed to look at the mutes of one account, or of a member or everybody in a group: to read them anew, to have
 * a lost answer asked for, and one turn after another for every command on them.
 */
export function useMuteChecks({ place, name }: Pick<MuteSubject, 'place' | 'name'>) {
  const t = useTranslations('mutes')
  const errors = useTranslations('errors')
  const queryClient = useQueryClient()
  const [busy, setBusy] = useState<Busy | null>(null)
  const own = useRef(new Set<string>())
  const [turns] = useState(createTurns)

  async function refresh() {
    // What holds for everybody in a group is told with the group, and with each of its members.
    const keys = place.userId
      ? [muteQueries.account(accountOf(place)), muteQueries.searches(), muteQueries.groupMembers()]
      : [muteQueries.all(), groupQueries.all()]
    await Promise.all(keys.map((queryKey) => queryClient.invalidateQueries({ queryKey })))
  }

  async function settle(commandId: string) {
    await whileBusy({ what: 'settle', id: commandId }, async () => {
      const result = await answerOf(() => settleMuteAction({ commandId }))
      if (!result.ok) toast({ title: errors(`${result.error.code}.title`), tone: 'danger' })
      else if (result.data.status === 'unknown') toast({ title: t('pending.stillUnknown'), tone: 'warning' })
      await refresh()
    })
  }

  async function whileBusy(what: Busy, work: () => Promise<void>) {
    // What is pressed while another command is under way must not get lost: its place on the page looks free.
    await turns.take(`${what.what}/${what.id}`, async () => {
      setBusy(what)
      await work().finally(() => setBusy(null))
    })
  }

  return {
    /** whose mutes they are */
    about: { place, name },
    refresh,
    settle,
    busy,
    /** does the work when its turn has come; the same again while it waits is not done twice */
    whileBusy,
    /** this page itself gave the command */
    noteOwn: (commandId: string) => void own.current.add(commandId),
    /** whether it did: its outcome was told already */
    isOwn: (commandId: string) => own.current.has(commandId),
  }
}

export type MuteChecks = ReturnType<typeof useMuteChecks>

function accountOf({ connection, userId = '' }: PlaceKey) {
  return { connection, userId }
}
