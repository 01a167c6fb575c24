'use client'

import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { useServerClock } from '@/components/ui/clock'
import type { MuteMatrixDto } from '@/lib/mutes/schemas'
import { answerOf, answerWords, stateKind } from './state-kind'

type AnnouncerProps = {
  matrix: MuteMatrixDto
  name: string
  /** whether this page gave a command: its outcome was told in a notification */
  isOwn(commandId: string): boolean
}

/**
 * Says to screen readers, once and politely, when what is shown turned into something else. Silent at first and while
 * it only ticks.
 */
export function Announcer({ matrix, name, isOwn }: AnnouncerProps) {
  const t = useTranslations('mutes')
  const { states, serverNow, above } = matrix
  const kinds = useServerClock(serverNow, (now) => states.map((state) => stateKind(state, now)).join(' '))
  const places = useServerClock(serverNow, (now) => answerOf(states, now, above).places ?? 'unknown')
  const [heard, setHeard] = useState({ kinds, places })
  const [words, setWords] = useState('')
  if (heard.kinds !== kinds || heard.places !== places) {
    setHeard({ kinds, places })
    const isTold = states.some(({ cause, pending }) => isOwn(pending?.id ?? cause?.id ?? ''))
    if (!isTold) setWords(places === 'unknown' ? t('answer.unknown', { name }) : `${told()}`)
  }

  function told(): string {
    const odd = states
      .map((state) => ({ scope: state.scope, kind: stateKind(state, serverNow) }))
      .filter(({ kind }) => kind === 'drift' || kind === 'unknown' || kind === 'sending')
      .map(({ scope, kind }) => `${t(`scopes.${scope}`)}: ${t(`states.${kind}`)}`)
    return [t(`answer.${answerWords(states)}`, { name, places }), ...odd].join('. ')
  }

  return (
    <p role="status" className="sr-only">
      {words}
    </p>
  )
}
