'use client'

import { useTimeZone, useTranslations } from 'next-intl'
import { useInstantFormat } from '@/components/ui/time'
import type { EndInput, Until } from '@/lib/mutes/schemas'
import { lengthParts } from './duration-text'

/** The words for lengths and ends, in the moderator's language and zone. */
export function useEndWords() {
  const t = useTranslations('mutes')
  const { short, full } = useInstantFormat()
  const timeZone = useTimeZone() ?? 'UTC'

  /** "10 min", "24 h", "7 d", "1 d 12 h". */
  const length = (seconds: number) =>
    lengthParts(seconds)
      .map(({ unit, count }) => t(`length.${unit}`, { count }))
      .join(' ')

  return {
    length,
    timeZone,
    short,
    full,
    /** "until Thu 14:05", "no end", "not muted". */
    end(until: Until | null, now: number): string {
      if (until === null) return t('ends.none')
      return until === 'forever' ? t('ends.forever') : t('ends.until', { time: short(until, now) })
    },
    /** What the template of a reason says about the end that was chosen: "Muted for 24 h." */
    templateLength(end: EndInput): string {
      switch (end.kind) {
        case 'forever':
          return t('templates.lengthForever')
        case 'duration':
          return t('templates.lengthFor', { length: length(end.seconds) })
        case 'at':
          return t('templates.lengthUntil', { time: full(end.at) })
        default:
          return end satisfies never
      }
    },
  }
}

/** An end as the texts choose their form: `until` with the time, `forever` or `none`. */
export function endArgs(until: Until | null, time: (at: number) => string): { end: string; time: string } {
  if (until === null) return { end: 'none', time: '' }
  return until === 'forever' ? { end: 'forever', time: '' } : { end: 'until', time: time(until) }
}
