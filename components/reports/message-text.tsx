'use client'

import { lazy, Suspense, use } from 'react'
import { SafeLines } from './safe-lines'
import { TranslationsContext } from './translate/context'

/** Loaded with the first translation that somebody asks for. */
const Translated = lazy(async () => ({ default: (await import('./translate/translated')).Translated }))

/** What a message says, as it was said; with its translation below while the transcript is translated. */
export function MessageText({ text }: { text: string }) {
  const translations = use(TranslationsContext)
  return (
    <>
      <SafeLines text={text} />
      {translations && (
        <Suspense>
          <Translated text={text} translations={translations} />
        </Suspense>
      )}
    </>
  )
}
