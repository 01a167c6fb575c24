import { useTranslations } from 'next-intl'

/** Stands where there is no figure, as of nothing there is no median: a dash, and words for those who hear it. */
export function None() {
  const t = useTranslations('health')
  return (
    <>
      <span aria-hidden className="text-muted">
        –
      </span>
      <span className="sr-only">{t('none')}</span>
    </>
  )
}
