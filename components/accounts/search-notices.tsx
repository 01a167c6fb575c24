'use client'

import { Ban, SearchX, UserX } from 'lucide-react'
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { FailureText, failureCode } from '@/components/mutes/failure-text'
import { Button } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/empty-state'
import { ErrorPanel } from '@/components/ui/error-panel'
import { SafeText, safePlain } from '@/components/ui/safe-text'
import { maxQueryLength, maxSearchIds } from '@/lib/accounts/rules'
import type { AccountDto, ConnectionFailure } from '@/lib/accounts/schemas'
import { providerErrorKinds } from '@/lib/provider/errors'

/** A single search text that found nothing: nobody has this id, and no known name has it in it. */
export function NoMatch({ q, isId }: { q: string; isId: boolean }) {
  const t = useTranslations('accounts.search.noMatch')
  return (
    <EmptyState icon={<SearchX aria-hidden />} title={t('title', { q: safePlain(q, 40) })}>
      <div className="space-y-2">
        <p>
          {isId && t('noSuchId')} {t('noSuchName')}
        </p>
        <p>{t('hint')}</p>
      </div>
    </EmptyState>
  )
}

/** Ids of a list that no provider knows. */
export function MissingIds({ ids }: { ids: readonly string[] }) {
  const t = useTranslations('accounts.search.missing')
  if (ids.length === 0) return null
  return (
    <Notice icon={<UserX aria-hidden />} title={t('title', { count: ids.length })} advice={t('advice')}>
      {ids.map((id) => (
        <li key={id}>
          <bdi dir="ltr" className="font-mono whitespace-pre-wrap break-all">
            {id}
          </bdi>
        </li>
      ))}
    </Notice>
  )
}

/** Entries of a list that cannot be ids at all. */
export function InvalidIds({ entries }: { entries: readonly string[] }) {
  const t = useTranslations('accounts.search.invalid')
  if (entries.length === 0) return null
  return (
    <Notice icon={<Ban aria-hidden />} title={t('title', { count: entries.length })} advice={t('advice')}>
      {entries.map((entry) => (
        <li key={entry}>
          <SafeText text={entry} maxLength={48} />
        </li>
      ))}
    </Notice>
  )
}

function Notice({
  icon,
  title,
  advice,
  children,
}: {
  icon: ReactNode
  title: string
  advice: string
  children: ReactNode
}) {
  return (
    <section className="rounded-panel border border-line bg-surface p-3">
      <div className="flex gap-2 [&>svg]:mt-0.5 [&>svg]:size-4 [&>svg]:shrink-0 [&>svg]:text-muted">
        {icon}
        <div className="min-w-0">
          <h2 className="font-semibold">{title}</h2>
          <p className="text-muted">{advice}</p>
          <ul className="mt-2 flex max-h-60 flex-wrap gap-x-4 gap-y-1 overflow-auto text-sm">{children}</ul>
        </div>
      </div>
    </section>
  )
}

type ConnectionFailuresProps = {
  failures: readonly ConnectionFailure[]
  /** what can be found all the same */
  stillWorks: string
  connections: readonly AccountDto['connection'][]
  onRetry(): void
  isBusy: boolean
}

/** Connections that could not be asked: which, why, and what still works. */
export function ConnectionFailures(props: ConnectionFailuresProps) {
  const { failures, stillWorks, connections, onRetry, isBusy } = props
  const t = useTranslations('accounts.search')
  return failures.flatMap(({ connection: key, kind: told, providerCode }) => {
    const connection = connections.find((candidate) => candidate.key === key)
    const kind = providerErrorKinds.find((known) => known === told)
    if (!connection || !kind) return []
    const { name, provider } = connection
    const failure = { kind, ...(providerCode === undefined ? {} : { providerCode }) }
    return (
      <ErrorPanel
        key={key}
        title={t('failure.title', { connection: name })}
        effect={null}
        code={failureCode({ provider, failure })}
        actions={
          <Button onClick={onRetry} isBusy={isBusy}>
            {t('retry')}
          </Button>
        }
      >
        <FailureText provider={provider} failure={failure} />
        <p>{stillWorks}</p>
      </ErrorPanel>
    )
  })
}

/** More ids than one search takes. */
export function TooMany({ count, onFirst }: { count: number; onFirst(): void }) {
  const t = useTranslations('accounts.search.tooMany')
  return (
    <ErrorPanel
      title={t('title', { count, max: maxSearchIds })}
      effect={null}
      actions={<Button onClick={onFirst}>{t('first', { max: maxSearchIds })}</Button>}
    >
      <p>{t('advice', { max: maxSearchIds })}</p>
    </ErrorPanel>
  )
}

/** A text that is longer than any search. */
export function TooLong() {
  const t = useTranslations('accounts.search.tooLong')
  return (
    <ErrorPanel title={t('title')} effect={null}>
      <p>{t('advice', { max: maxQueryLength })}</p>
    </ErrorPanel>
  )
}

/** There were more matches than the list shows. */
export function MoreMatches({ count }: { count: number }) {
  const t = useTranslations('accounts.search')
  return <p className="text-sm text-muted">{t('more', { count })}</p>
}
