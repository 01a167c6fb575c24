'use client'

import { useTranslations } from 'next-intl'
import { safePlain } from '@/components/ui/safe-text'
import { useInstantFormat } from '@/components/ui/time'
import type { MutePresetsDto } from '@/lib/settings/schemas'

/** Who changed the lengths last and when. */
export function LastChanged({
  changed,
  serverNow,
}: {
  changed: MutePresetsDto['changed']
  serverNow: number
}) {
  const t = useTranslations('settings.presets')
  const { short } = useInstantFormat()
  return (
    <p className="text-sm text-muted">
      {changed
        ? t('changed', { name: safePlain(changed.by), time: short(changed.at, serverNow) })
        : t('never')}
    </p>
  )
}
