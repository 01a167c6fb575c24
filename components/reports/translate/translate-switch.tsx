'use client'

import { Languages } from 'lucide-react'
import { useLocale, useTranslations } from 'next-intl'
import { useEffect, useState } from 'react'
import { Button } from '@/components/ui/button'
import { localeNames } from '@/lib/i18n/locales'
import type { BrowserApi } from './browser-api'
import type { Translations } from './translations'

type TranslateSwitchProps = {
  api: BrowserApi
  translations: Translations | null
  onChange(translations: Translations | null): void
}

/** Turns the translation on and off. */
export function TranslateSwitch({ api, translations, onChange }: TranslateSwitchProps) {
  const t = useTranslations('reports.case.transcript.translate')
  const locale = useLocale()
  const [isStarting, setStarting] = useState(false)
  useEffect(() => () => translations?.end(), [translations])

  async function toggle() {
    if (translations) return onChange(null)
    setStarting(true)
    // The press still counts when this has come: browsers give it some seconds.
    try {
      const { startTranslations } = await import('./start-translations')
      onChange(startTranslations(api, locale))
    } finally {
      setStarting(false)
    }
  }

  return (
    <Button
      aria-pressed={translations !== null}
      isBusy={isStarting}
      icon={<Languages aria-hidden className="size-4" />}
      className="aria-pressed:border-accent-text aria-pressed:bg-accent-soft aria-pressed:text-accent-text"
      onClick={() => void toggle()}
    >
      {t('switch', { language: localeNames[locale] })}
    </Button>
  )
}
