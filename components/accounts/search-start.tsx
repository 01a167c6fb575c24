import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { maxSearchIds } from '@/lib/accounts/rules'

/** Before anything is typed: what one can type, with an example of each. */
export function SearchStart() {
  const t = useTranslations('accounts.search.start')
  return (
    <section className="mx-auto flex max-w-xl flex-col gap-4 py-6">
      <h2 className="text-center text-lg">{t('title')}</h2>
      <dl className="flex flex-col divide-y divide-line rounded-panel border border-line bg-surface">
        <Way what={t('id')} how={t('idHow')} example={<Example>user_1042</Example>} />
        <Way
          what={t('ids', { max: maxSearchIds })}
          how={t('idsHow')}
          example={<Example>user_1042, user_2077, @TGS#2J4SZEAEL</Example>}
        />
        <Way what={t('quoted')} how={t('quotedHow')} example={<Example>{'" user 1042 "'}</Example>} />
        <Way what={t('name')} how={t('nameHow')} example={<Example>{t('nameExample')}</Example>} />
      </dl>
    </section>
  )
}

function Way({ what, how, example }: { what: string; how: string; example: ReactNode }) {
  return (
    <div className="flex flex-col gap-0.5 p-3">
      <dt className="font-medium">{what}</dt>
      <dd className="text-muted">{how}</dd>
      <dd>{example}</dd>
    </div>
  )
}

function Example({ children }: { children: string }) {
  return <code className="font-mono text-sm break-all">{children}</code>
}
