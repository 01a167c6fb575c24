'use client'

import { Download } from 'lucide-react'
import { useLocale, useTranslations } from 'next-intl'
import { useId, useSyncExternalStore } from 'react'
import { Button } from '@/components/ui/button'
import { languageName } from './languages'
import type { LoadingPack, Translations } from './translations'

/** What the browser loads for the translation, how far it is, and what waits for a press. */
export function TranslatePacks({ translations }: { translations: Translations }) {
  const { subscribe, loading, load } = translations
  const packs = useSyncExternalStore(subscribe, loading, loading)
  return (
    <div role="status" className="flex flex-col gap-2 empty:hidden">
      {packs.map((pack) => (
        <PackLine key={pack.of} pack={pack} onLoad={() => load(pack.of)} />
      ))}
    </div>
  )
}

function PackLine({ pack: { of, state }, onLoad }: { pack: LoadingPack; onLoad(): void }) {
  const t = useTranslations('reports.case.transcript.translate')
  const locale = useLocale()
  const id = useId()
  const words = of === null ? 'recogniser' : 'pack'
  const language = of === null ? '' : languageName(of, locale)
  // What cannot be had of a language is told at each of its messages.
  if (state.kind === 'unavailable')
    return of === null && <p className="text-sm text-warning-text">{t('recogniser.unavailable')}</p>
  if (state.kind === 'loading')
    return (
      <div className="flex flex-wrap items-center gap-x-2 text-sm text-muted">
        <span id={id}>{t(`${words}.loading`, { language })}</span>
        <progress
          aria-labelledby={id}
          className="h-2 w-40 accent-accent"
          {...(state.share !== null && { value: state.share })}
        />
      </div>
    )
  return (
    <div className="flex flex-wrap items-center gap-2 text-sm">
      <span className={state.hasFailed ? 'text-warning-text' : 'text-muted'}>
        {t(`${words}.${state.hasFailed ? 'failed' : 'stopped'}`, { language })}
      </span>
      <Button icon={<Download aria-hidden className="size-4" />} onClick={onLoad}>
        {t(`${words}.load`, { language })}
      </Button>
    </div>
  )
}
