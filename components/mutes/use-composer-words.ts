'use client'

import { useTranslations } from 'next-intl'
import { remainingAt } from '@/components/ui/remaining'
import { useRemainingFormat } from '@/components/ui/time'
import { resolveEnd } from '@/lib/mutes/ends'
import { isUnclear } from './composer-block'
import type { ComposerMode } from './composer-form'
import { endWords } from './composer-model'
import { useRoleNames } from './role-words'
import type { Composer } from './use-composer'
import { useEndWords } from './words'

/** What the composer says: its title, the sentence that will hold, and the button that names the person and the time. */
export function useComposerWords(name: string, mode: ComposerMode, composer: Composer) {
  const t = useTranslations('mutes')
  const remaining = useRemainingFormat()
  const { short, length } = useEndWords()
  const { end, now, places, verb, isMuted } = composer
  const roles = useRoleNames()(composer.roles ?? [])

  function title(): string {
    if (mode === 'lift') return t('composer.liftTitle', { name })
    return t(isMuted ? 'composer.changeTitle' : 'composer.muteTitle', { name })
  }

  function sentence(): string | null {
    if (places === 'none' || isUnclear(composer)) return null
    if (mode === 'lift') return t('sentence.lift', { name, places })
    if (!end) return null
    const until = resolveEnd(end, now)
    if (until === 'forever') return t('sentence.forever', { name, places, roles })
    return t('sentence.until', {
      name,
      places,
      roles,
      time: short(until, now),
      rest: remaining(remainingAt(until, now)),
    })
  }

  function submit(): string {
    if (mode === 'lift') return t('submit.lift', { name, places })
    if (!end || isUnclear(composer)) return t('submit.plain', { name })
    const word = verb === 'same' || verb === 'lift' ? 'replace' : verb
    const told = endWords(end, word, now)
    return t(`submit.${word}`, {
      name,
      end: told.kind,
      length: told.kind === 'for' ? length(told.seconds) : '',
      time: told.kind === 'until' ? short(told.at, now) : '',
    })
  }

  return { title: title(), sentence: sentence(), submit: submit() }
}
