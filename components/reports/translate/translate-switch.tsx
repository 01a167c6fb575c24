'use client'

import { Languages } from 'lucide-react'
import { useLocale, useTranslations } from 'next-intl'
import { useEffect, useState } from 'react'
import { Button } from '@/components/ui/button'
import { localeNames } from '@/lib/i18n/locales'
import { type BrowserApi, findBrowserApi } from './browser-api'
import type { Translations } from './translations'

type TranslateSwitchProps = {
  translations: Translations | null
  onChange(translations: Translations | null): void
}

/** Turns the translation on and off; nothing at all where the browser has none. */
export function TranslateSwitch({ translations, onChange }: TranslateSwitchProps) {
  const t = useTranslations('reports.case.transcript.translate')
  const locale = useLocale()
  const [api, setApi] = useState<BrowserApi | null>(null)
  const [isStarting, setStarting] = useState(false)
  useEffect(() => {
    let isThere = true
    void findBrowserApi().then((found) => isThere && setApi(found))
    return () => {
      isThere = false
    }
  }, [])
  useEffect(() => () => translations?.end(), [translations])

  async function toggle() {
    if (translations || !api) return onChange(null)
    setStarting(true)
    // The press still counts when this has come: browsers give it some seconds.
    const { startTranslations } = await import('./start-translations')
    setStarting(false)
    onChange(startTranslations(api, locale))
  }

  if (!api) return null
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
