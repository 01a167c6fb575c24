import { useTranslations } from 'next-intl'
import { remainingAt } from '@/components/ui/remaining'

/** Writes a length of time in its two greatest units, on the server: "3 d 4 h", "5 h 12 m", "12 m 08 s", "8 s". */
export function useDuration(): (seconds: number) => string {
  const t = useTranslations('common.time')
  return (seconds) => {
    const parts = remainingAt(seconds * 1_000, 0)
    switch (parts.kind) {
      case 'days':
        return t('daysHours', parts)
      case 'hours':
        return t('hoursMinutes', { ...parts, minutes: twoDigits(parts.minutes) })
      case 'minutes':
        return t('minutesSeconds', { ...parts, seconds: twoDigits(parts.seconds) })
      case 'seconds':
        return t('seconds', parts)
      case 'ended':
      case 'forever':
        return t('seconds', { seconds: 0 })
      default:
        return parts satisfies never
    }
  }
}

function twoDigits(value: number): string {
  return String(value).padStart(2, '0')
}
