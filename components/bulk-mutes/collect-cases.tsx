'use client'

import { X } from 'lucide-react'
import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { Button } from '@/components/ui/button'
import { RadioChips } from '@/components/ui/choice'
import { caseWishes } from '@/lib/bulk-mutes/rules'
import { casesIn } from './collect-model'
import type { Collect } from './use-collect'

/** The cases that the accounts came with, and what shall become of them when the run has ended. */
export function CollectCases({ collect }: { collect: Collect }) {
  const t = useTranslations('bulkCollect.cases')
  const fieldErrors = useTranslations('fieldErrors')
  const { draft, change, collected, fields } = collect
  const cases = casesIn(draft, collected.ids)
  const count = cases.length
  if (count === 0) return null
  return (
    <section
      aria-label={t('title')}
      className="flex min-w-0 flex-col gap-3 rounded-panel border border-line bg-surface p-4"
    >
      <RadioChips
        legend={t('legend', { count })}
        value={draft.wish}
        onChange={(wish) => change({ wish })}
        choices={caseWishes.map((value) => ({ value, label: t(`wishes.${value}`) }))}
        hint={t(draft.wish === 'open' ? 'hintOpen' : 'hint')}
        error={fields.cases && fieldErrors(fields.cases)}
      />
      <details>
        <summary className="min-h-6 w-fit text-sm">{t('show')}</summary>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be within reach of the keyboard. */}
        <ul aria-label={t('title')} tabIndex={0} className="mt-1 max-h-40 overflow-auto text-sm">
          {cases.map(({ id, number, userId }) => (
            <li key={id}>
              <Link
                href={`/reports/${id}`}
                prefetch={false}
                className="inline-block min-h-6 text-accent-text hover:underline"
              >
                #{number}
              </Link>{' '}
              <bdi dir="ltr" className="font-mono break-all whitespace-pre-wrap">
                {userId}
              </bdi>
            </li>
          ))}
        </ul>
      </details>
      <div>
        <Button icon={<X aria-hidden className="size-4" />} onClick={() => change({ cases: [], wish: null })}>
          {t('remove')}
        </Button>
      </div>
    </section>
  )
}
