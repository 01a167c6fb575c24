'use client'

import { useTranslations } from 'next-intl'
import { Badge } from '@/components/ui/badge'
import { Button } from '@/components/ui/button'
import { safePlain } from '@/components/ui/safe-text'
import { useInstantFormat } from '@/components/ui/time'
import type { SettingVersionDto } from '@/lib/settings/history-schemas'
import { DifferenceLine } from './difference-line'
import { useDifferenceWords } from './use-difference-words'

type VersionEntryProps = {
  one: SettingVersionDto
  isNow: boolean
  isRestoring: boolean
  serverNow: number
  onRestore(): void
}

/** One version of a setting: when, by whom, what it changed, and what sets it again. */
export function VersionEntry({ one, isNow, isRestoring, serverNow, onRestore }: VersionEntryProps) {
  const t = useTranslations('settings.history')
  const { short } = useInstantFormat()
  const wordsOf = useDifferenceWords()
  const { version, changed, differences, isReadable } = one
  const unknown = isReadable ? t('unknown') : t('unreadable')
  return (
    <li data-version={version} className="flex flex-col gap-1 py-2 text-sm">
      <p className="flex flex-wrap items-center gap-x-2">
        <span className="font-medium">{t('version', { version })}</span>
        {changed && (
          <span className="text-muted">
            {t('by', {
              name: changed.by === null ? '' : safePlain(changed.by),
              who: changed.by === null ? 'nobody' : 'somebody',
              time: short(changed.at, serverNow),
            })}
          </span>
        )}
        {isNow && <Badge>{t('now')}</Badge>}
      </p>
      {differences === null && <p className="text-muted">{unknown}</p>}
      {differences?.length === 0 && changed && <p className="text-muted">{t('same')}</p>}
      {differences !== null && differences.length > 0 && (
        <ul className="list-disc ps-5">
          {differences.map((difference) => {
            const words = wordsOf(difference)
            // Two of the same name may have changed.
            return <DifferenceLine key={JSON.stringify(difference)} words={words} />
          })}
        </ul>
      )}
      {!isNow && isReadable && (
        <Button className="mt-1 self-start" isBusy={isRestoring} onClick={onRestore}>
          {t('restore', { version })}
        </Button>
      )}
    </li>
  )
}
