'use client'

import { useTranslations } from 'next-intl'
import { safePlain } from '@/components/ui/safe-text'
import { useInstantFormat } from '@/components/ui/time'
import type { SettingState } from '@/lib/settings/schemas'

type LastChangedProps = {
  changed: SettingState['changed']
  /** said of a setting that nobody changed */
  never: string
  serverNow: number
}

/** Who changed a setting last and when. */
export function LastChanged({ changed, never, serverNow }: LastChangedProps) {
  const t = useTranslations('settings.form')
  const { short } = useInstantFormat()
  return (
    <p className="text-sm text-muted">
      {changed ? t('changed', { name: safePlain(changed.by), time: short(changed.at, serverNow) }) : never}
    </p>
  )
}
