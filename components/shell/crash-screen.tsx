'use client'

import { useSyncExternalStore } from 'react'
import { buttonClass } from '@/components/ui/button-class'
import { crashMessages } from '@/lib/i18n/crash-messages'
import { isLocale, locales } from '@/lib/i18n/locales'

type CrashScreenProps = {
  error: unknown
  retry(): void
}

/**
 * What a page shows instead of itself when rendering it failed: what happened, whether anything may have been changed,
 * what to do, and the id that finds the log line. Where the language is not known it says so in all of ours.
 */
export function CrashScreen({ error, retry }: CrashScreenProps) {
  const language = useSyncExternalStore(noSubscription, languageOfPage, () => undefined)
  const requestId = digestOf(error)
  const shown = isLocale(language) ? [language] : locales
  return (
    <div className="mx-auto max-w-lg space-y-6 px-4 py-12">
      {shown.map((locale) => {
        const words = crashMessages[locale]
        return (
          <section key={locale} lang={locale} role="alert" className="space-y-2">
            <h1 className="text-xl font-semibold">{words.title}</h1>
            <p>{words.what}</p>
            <p>{words.changed}</p>
            <p>{words.advice}</p>
            {requestId && (
              <p className="text-muted">
                {words.requestId}: <code className="font-mono">{requestId}</code>
              </p>
            )}
            <p className="flex flex-wrap gap-2 pt-2">
              <button type="button" onClick={retry} className={buttonClass('primary')}>
                {words.retry}
              </button>
              {/* A full load on purpose: the state of this page is what broke. */}
              <a href="/accounts" className={buttonClass('secondary')}>
                {words.home}
              </a>
            </p>
          </section>
        )
      })}
    </div>
  )
}

const noSubscription = () => () => {}

function languageOfPage(): string | undefined {
  return document.documentElement.lang
}

/** Next's own id of an error, also in the server's log. */
function digestOf(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('digest' in error)) return undefined
  return typeof error.digest === 'string' ? error.digest : undefined
}
