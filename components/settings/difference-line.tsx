'use client'

import { useTranslations } from 'next-intl'
import type { DifferenceWords } from './use-difference-words'

/** Letters that still fit into a line; longer values are folded. */
const lineLetters = 90

/** One thing that a version changed, in a line, or folded where it is long. */
export function DifferenceLine({ words: { label, lang, parts } }: { words: DifferenceWords }) {
  const t = useTranslations('settings.history')
  if (parts.length === 0) return <li>{label}</li>
  const isLong = parts.reduce((sum, { text }) => sum + text.length, 0) > lineLetters
  const [one, other] = parts
  if (!isLong) {
    const isChange = one?.said === 'before' && other
    return (
      <li className="wrap-anywhere">
        {isChange
          ? t('change', { label, before: one.text, after: other.text })
          : t('listOf', {
              label,
              values: parts.map(({ said, text }) => t(said, { values: text })).join('; '),
            })}
      </li>
    )
  }
  return (
    <li>
      <details>
        <summary className="min-h-6 cursor-pointer">{label}</summary>
        {parts.map(({ said, text }) => (
          <p key={said} lang={lang} className="ps-3 wrap-anywhere">
            {t(said, { values: text })}
          </p>
        ))}
      </details>
    </li>
  )
}
