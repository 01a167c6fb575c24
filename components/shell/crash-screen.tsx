'use client'

import { useSyncExternalStore } from 'react'
import { crashMessages } from '@/lib/i18n/crash-messages'
import { isLocale, locales } from '@/lib/i18n/locales'
import { CrashNotice } from './crash-notice'

type CrashScreenProps = {
  error: unknown
  retry(): void
}

/** What stands in for everything when even the frame failed. Where the language is not known it says so in all of ours. */
export function CrashScreen({ error, retry }: CrashScreenProps) {
  const language = useSyncExternalStore(noSubscription, languageOfPage, () => undefined)
  const shown = isLocale(language) ? [language] : locales
  return (
    <div className="mx-auto max-w-lg space-y-6 px-4 py-12">
      {shown.map((locale) => (
        <CrashNotice
          key={locale}
          lang={locale}
          say={(words) => crashMessages[locale][words]}
          error={error}
          retry={retry}
        />
      ))}
    </div>
  )
}

const noSubscription = () => () => {}

function languageOfPage(): string | undefined {
  return document.documentElement.lang
}
