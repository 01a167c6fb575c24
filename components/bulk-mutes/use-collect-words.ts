'use client'

import { useTranslations } from 'next-intl'
import { endArgs, useEndWords } from '@/components/mutes/words'
import { remainingAt } from '@/components/ui/remaining'
import { useRemainingFormat } from '@/components/ui/time'
import { resolveEnd } from '@/lib/mutes/ends'
import { scopesOf } from './collect-model'
import type { Collect } from './use-collect'

/** Says what the run would be about: how many accounts, where, until when; null while one of these is open. */
export function useCollectWords({ draft, collected, limits, end, now }: Collect) {
  const t = useTranslations('bulkCollect')
  const remaining = useRemainingFormat()
  const { short } = useEndWords()
  const count = collected.ids.length
  const [first, ...others] = scopesOf(draft, limits.scopes)
  const inGroup = draft.place.topicId === '' ? 'group' : 'topic'
  const where = draft.place.in === 'group' ? inGroup : others.length > 0 ? 'both' : first

  function sentence(): string | null {
    if (count === 0 || where === undefined) return null
    if (draft.place.in === 'group' && draft.place.groupId === '') return null
    const group = draft.place.groupId
    if (draft.kind === 'lift') return t('sentence.lift', { count, where, group })
    if (!end) return null
    const until = resolveEnd(end, now)
    const rest = remaining(remainingAt(until, now))
    return t('sentence.mute', { count, where, group, rest, ...endArgs(until, (at) => short(at, now)) })
  }

  return { sentence: sentence() }
}
