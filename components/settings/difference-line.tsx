'use client'

import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import type { DifferenceWords } from './use-difference-words'

/** Letters that still fit into a line; longer values are folded. */
const lineLetters = 90

/** One thing that a version changed, in a line, or folded where it is long. */
export function DifferenceLine({ words: { label, lang, values } }: { words: DifferenceWords }) {
  const t = useTranslations('settings.history')
  if (values === null) return <li>{label}</li>
  const isLong = Object.values(values).reduce((sum, text) => sum + text.length, 0) > lineLetters
  if ('before' in values) {
    if (!isLong) return <li className="wrap-anywhere">{t('change', { label, ...values })}</li>
    return (
      <Folded label={label}>
        <dl>
          <dt className="text-muted">{t('before')}</dt>
          <dd lang={lang}>{values.before}</dd>
          <dt className="text-muted">{t('after')}</dt>
          <dd lang={lang}>{values.after}</dd>
        </dl>
      </Folded>
    )
  }
  const came = values.added && t('added', { values: values.added })
  const went = values.removed && t('removed', { values: values.removed })
  const all = [came, went].filter((text) => text !== '')
  if (!isLong) return <li className="wrap-anywhere">{t('listOf', { label, values: all.join('; ') })}</li>
  return (
    <Folded label={label}>
      {all.map((text) => (
        <p key={text}>{text}</p>
      ))}
    </Folded>
  )
}

function Folded({ label, children }: { label: string; children: ReactNode }) {
  return (
    <li className="-ms-5 list-none">
      <details>
        <summary className="min-h-6 cursor-pointer">{label}</summary>
        <div className="ps-5 wrap-anywhere">{children}</div>
      </details>
    </li>
  )
}
