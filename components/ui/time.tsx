'use client'

import { useFormatter, useTimeZone, useTranslations } from 'next-intl'
import { useEffect, useRef } from 'react'
import { useServerClock } from './clock'
import { ageAt, type End, instantStyle, type Remaining, remainingAt } from './remaining'

const utc = 'UTC'

/** Writes instants (epoch ms) in the moderator's zone and language. */
export function useInstantFormat() {
  const format = useFormatter()
  const t = useTranslations('common.time')
  const timeZone = useTimeZone() ?? utc
  return {
    /** As short as it can be without being misread by a reader at `now`: "today 14:05", "Thu 14:05", "Dec 3, 14:05". */
    short(at: number, now: number): string {
      const style = instantStyle(at, now, timeZone)
      return style === 'today'
        ? t('today', { time: format.dateTime(at, 'time') })
        : format.dateTime(at, style)
    },
    /** In full, with the weekday, the seconds and the zone. */
    full: (at: number) => format.dateTime(at, 'full'),
  }
}

/** Writes the rest of a time: "3 d 4 h", "5 h 12 m", "12 m 08 s", "8 s", "no end", "ending…". */
export function useRemainingFormat(): (rest: Remaining) => string {
  const t = useTranslations('common.time')
  return (rest) => {
    switch (rest.kind) {
      case 'forever':
        return t('noEnd')
      case 'ended':
        return t('ending')
      case 'days':
        return t('daysHours', { days: rest.days, hours: rest.hours })
      case 'hours':
        return t('hoursMinutes', { hours: rest.hours, minutes: twoDigits(rest.minutes) })
      case 'minutes':
        return t('minutesSeconds', { minutes: rest.minutes, seconds: twoDigits(rest.seconds) })
      case 'seconds':
        return t('seconds', { seconds: rest.seconds })
      default:
        return rest satisfies never
    }
  }
}

type RemainingTimeProps = {
  /** epoch ms of the server's clock, or `'forever'` */
  until: End
  /** the server's time when `until` was read, epoch ms */
  serverNow: number
  /** called once for each `until`, when it has passed while this is shown: the moment to ask the server again */
  onEnd?: () => void
  className?: string
}

/** The rest of a time, ticking by the server's clock. Silent for screen readers, like every timer; its title is the end. */
export function RemainingTime({ until, serverNow, onEnd, className }: RemainingTimeProps) {
  const remaining = useRemainingFormat()
  const { full } = useInstantFormat()
  const text = useServerClock(serverNow, (now) => remaining(remainingAt(until, now)))
  const hasEnded = useServerClock(serverNow, (now) => until !== 'forever' && until <= now)
  const told = useRef<End | null>(null)
  useEffect(() => {
    if (!hasEnded || told.current === until) return
    told.current = until
    onEnd?.()
  }, [hasEnded, until, onEnd])
  return (
    <span role="timer" aria-live="off" className={className}>
      {until === 'forever' ? (
        text
      ) : (
        <time dateTime={isoOf(until)} title={full(until)}>
          {text}
        </time>
      )}
    </span>
  )
}

type AbsoluteTimeProps = {
  /** epoch ms */
  at: number
  /** the server's time when the page or the data was made: decides between "Thu 14:05" and "Dec 3, 14:05" */
  serverNow: number
  className?: string
}

/** An instant in the moderator's zone; its title says it in full. */
export function AbsoluteTime({ at, serverNow, className }: AbsoluteTimeProps) {
  const { short, full } = useInstantFormat()
  const text = useServerClock(serverNow, (now) => short(at, now))
  return (
    <time dateTime={isoOf(at)} title={full(at)} className={className}>
      {text}
    </time>
  )
}

type CheckedAgoProps = {
  /** epoch ms of the server's clock; null: never */
  at: number | null
  serverNow: number
  className?: string
}

/** How long ago something was read at its source: "checked 12 s ago". */
export function CheckedAgo({ at, serverNow, className }: CheckedAgoProps) {
  const t = useTranslations('common.time')
  const { full } = useInstantFormat()
  const text = useServerClock(serverNow, (now) => {
    if (at === null) return t('checkedNever')
    const { kind, count } = ageAt(at, now)
    switch (kind) {
      case 'now':
        return t('checkedNow')
      case 'seconds':
        return t('checkedSeconds', { count })
      case 'minutes':
        return t('checkedMinutes', { count })
      case 'hours':
        return t('checkedHours', { count })
      case 'days':
        return t('checkedDays', { count })
      default:
        return kind satisfies never
    }
  })
  if (at === null) return <span className={className}>{text}</span>
  return (
    <time dateTime={isoOf(at)} title={full(at)} className={className}>
      {text}
    </time>
  )
}

function twoDigits(value: number): string {
  return String(value).padStart(2, '0')
}

/** Providers can name ends beyond what a calendar holds; those have no machine-readable form. */
function isoOf(at: number): string | undefined {
  const date = new Date(at)
  return Number.isNaN(date.getTime()) ? undefined : date.toISOString()
}
