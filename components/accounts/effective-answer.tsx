'use client'

import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { useServerClock } from '@/components/ui/clock'
import { remainingAt } from '@/components/ui/remaining'
import { useRemainingFormat } from '@/components/ui/time'
import type { AccountDto } from '@/lib/accounts/schemas'
import { muteQueries } from '@/lib/mutes/query-options'
import type { MuteMatrixDto } from '@/lib/mutes/schemas'
import { appMutesOf, type Effective, effectiveOf } from './effective'
import type { OtherApp } from './use-other-apps'

type EffectiveAnswerProps = { account: AccountDto; others: readonly OtherApp[] }

/** Where a user id cannot write, over all that the page shows, and when that changes next. */
export function EffectiveAnswer({ account: { connection, userId }, others }: EffectiveAnswerProps) {
  const place = { connection: connection.key, userId }
  // The matrix below keeps it fresh; this only looks on.
  const { data: matrix } = useQuery({ ...muteQueries.matrix(place), refetchInterval: false })
  return matrix ? <Answer connection={connection} matrix={matrix} others={others} /> : null
}

type AnswerProps = {
  connection: AccountDto['connection']
  matrix: MuteMatrixDto
  others: readonly OtherApp[]
}

function Answer({ connection, matrix, others }: AnswerProps) {
  const t = useTranslations('mutes.answer')
  const accounts = useTranslations('accounts.elsewhere')
  const remaining = useRemainingFormat()
  const { userId: name, serverNow, states } = matrix
  const joined = useQuery(muteQueries.joined({ connection: connection.key, userId: name }))
  const shown = others.filter(({ status }) => status !== 'absent')
  const apps = [
    appMutesOf(true, matrix, joined.data ?? null),
    ...shown.map((app) => appMutesOf(app.status === 'there', app.matrix, app.joined)),
  ]
  const names = [connection, ...shown.map((app) => app.connection)].map((app) => app.name)
  const isAsking = joined.isLoading || others.some((app) => app.isAsking)

  function sentence({ kind, scopes, inGroups, places, isRead }: Effective): string {
    switch (kind) {
      case 'none':
        return isRead ? t('known', { name, places: 'none' }) : t('untold', { name, places: 'none' })
      case 'unknown':
        return t('unknown', { name })
      case 'everywhere':
        return t('known', { name, places: scopes })
      case 'groups':
        return t('inGroups', { name, count: inGroups })
      case 'places':
        return t('places', { name, count: places })
      default:
        return kind satisfies never
    }
  }

  function details({ kind, inGroups, places, perApp, nextEnd, isRead }: Effective, now: number): string {
    const next = nextEnd === null ? t('noEnd') : t('next', { rest: remaining(remainingAt(nextEnd, now)) })
    const inApps = perApp.flatMap((count, index) => {
      const app = names[index]
      // "None" only where all of it was read.
      return app !== undefined && (count > 0 || apps[index]?.isRead) ? [t('inApp', { app, count })] : []
    })
    const unread = names.filter((_, index) => !apps[index]?.isRead).join(', ')
    const notAll = apps.length > 1 ? t('notAllReadIn', { apps: unread }) : t('notAllRead')
    const parts = [
      places > 0 ? next : '',
      kind === 'everywhere' && inGroups > 0 ? t('alsoInGroups', { count: inGroups }) : '',
      ...(kind === 'places' && apps.length > 1 ? inApps : []),
      states.some((state) => state.pending) ? t('pending') : '',
      isAsking ? t('asking') : '',
      isAsking || isRead ? '' : notAll,
    ]
    return parts.filter((part) => part !== '').join(' · ')
  }

  const where = useServerClock(serverNow, (now) => sentence(effectiveOf(apps, now)))
  const more = useServerClock(serverNow, (now) => details(effectiveOf(apps, now), now))
  const places = useServerClock(serverNow, (now) => effectiveOf(apps, now).places)
  // Of the mutes of the whole account here the matrix's own announcer speaks.
  const beside = useServerClock(serverNow, (now) => {
    const { perApp, inGroups } = effectiveOf(
      [{ ...(apps[0] ?? nothing), everywhere: [] }, ...apps.slice(1)],
      now,
    )
    return [inGroups, ...perApp].join(' ')
  })
  return (
    <section
      aria-label={accounts('answer', { id: name })}
      data-answer
      className="rounded-panel border border-line bg-surface px-4 py-3"
    >
      <p className="text-lg font-semibold wrap-anywhere">{where}</p>
      {more && <p className="text-muted">{more}</p>}
      <Changes what={isAsking ? null : beside} words={t('nowPlaces', { name, count: places })} />
    </section>
  )
}

const nothing = { exists: true, everywhere: [], inGroups: [], isRead: false }

/** Says the words to screen readers, once and politely, when `what` turned into something else; null: not known yet. */
function Changes({ what, words }: { what: string | null; words: string }) {
  const [heard, setHeard] = useState(what)
  const [said, setSaid] = useState('')
  if (what !== null && what !== heard) {
    setHeard(what)
    if (heard !== null) setSaid(words)
  }
  return (
    <p role="status" className="sr-only">
      {said}
    </p>
  )
}
