'use client'

import { buttonClass } from '@/components/ui/button-class'
import type { Locale } from '@/lib/i18n/locales'
import type en from '@/lib/i18n/messages/en/crash.json'

type CrashNoticeProps = {
  say(words: keyof typeof en): string
  /** where the page may be in another language, or in none */
  lang?: Locale
  error: unknown
  retry(): void
}

/** What happened, whether anything may have been changed, what to do, and the id that finds the log line. */
export function CrashNotice({ say, lang, error, retry }: CrashNoticeProps) {
  const requestId = digestOf(error)
  // A part of the page that is not to be had any more, as after an update, comes only with a page that is new.
  const again = error instanceof Error && error.name === 'ChunkLoadError' ? () => location.reload() : retry
  return (
    <section lang={lang} role="alert" className="space-y-2">
      <h1 className="text-xl font-semibold">{say('title')}</h1>
      <p>{say('what')}</p>
      <p>{say('changed')}</p>
      <p>{say('advice')}</p>
      {requestId && (
        <p className="text-muted">
          {say('requestId')}: <code className="font-mono">{requestId}</code>
        </p>
      )}
      <p className="flex flex-wrap gap-2 pt-2">
        <button type="button" onClick={again} className={buttonClass('primary')}>
          {say('retry')}
        </button>
        {/* A full load on purpose: the state of this page is what broke. */}
        <a href="/accounts" className={buttonClass('secondary')}>
          {say('home')}
        </a>
      </p>
    </section>
  )
}

/** Next's own id of an error, also in the server's log. */
function digestOf(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('digest' in error)) return undefined
  return typeof error.digest === 'string' ? error.digest : undefined
}
