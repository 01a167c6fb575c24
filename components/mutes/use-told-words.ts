'use client'

import { useTranslations } from 'next-intl'
import { serverNow } from '@/components/ui/clock'
import { toast } from '@/components/ui/toast-store'
import type { MuteCommandDto } from '@/lib/mutes/schemas'
import { commandHref } from './command-href'
import { toldChanges } from './role-model'
import { placesOf } from './state-kind'
import { endArgs, useEndWords } from './words'

/** Tells in a notification what became of a command on the mutes of `name`. */
export function useToldWords(name: string) {
  const t = useTranslations('mutes')
  const words = useEndWords()
  const short = (at: number) => words.short(at, serverNow() ?? at)

  function doneTitle({ kind, ...command }: MuteCommandDto): string {
    const changes = toldChanges(command.changes)
    if (kind === 'reapply') return t('done.reapplied', { name })
    if (kind === 'lift')
      return t('done.lifted', { name, places: placesOf(changes.map(({ scope }) => scope)) })
    return t('done.muted', {
      name,
      ...endArgs(changes.find(({ after }) => after !== null)?.after ?? null, short),
    })
  }

  /** For commands without a composer to show their outcome in. */
  function tellOutcome(command: MuteCommandDto, title: string, description?: string) {
    if (command.status === 'applied') toast({ title, ...(description && { description }), tone: 'success' })
    else if (command.status === 'rejected')
      toast({
        title: t('done.rejectedTitle', { name }),
        tone: 'danger',
        link: { label: t('done.view'), href: commandHref(command) },
      })
    else tellUnknown()
  }

  function tellUnknown() {
    toast({ title: t('done.unknownTitle', { name }), description: t('done.unknownText'), tone: 'warning' })
  }

  return { short, doneTitle, tellOutcome, tellUnknown }
}
