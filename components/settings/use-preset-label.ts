'use client'

import { useTranslations } from 'next-intl'
import { useEndWords } from '@/components/mutes/words'
import type { MutePreset } from '@/lib/settings/rules'

/** How the composer writes a preset on its chip. */
export function usePresetLabel(): (preset: MutePreset) => string {
  const t = useTranslations('mutes.length')
  const { length } = useEndWords()
  return (preset) => (preset === 'forever' ? t('forever') : length(preset.seconds))
}
