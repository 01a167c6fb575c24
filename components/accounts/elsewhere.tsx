'use client'

import { ArrowRight, MicOff } from 'lucide-react'
import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { useId } from 'react'
import { rowsOf } from '@/components/mutes/account-groups'
import { JoinedGroup } from '@/components/mutes/joined-group'
import { StateBadge } from '@/components/mutes/state-badge'
import { stateKind } from '@/components/mutes/state-kind'
import { Button } from '@/components/ui/button'
import { useServerClock } from '@/components/ui/clock'
import { SafeText } from '@/components/ui/safe-text'
import { CheckedAgo, RemainingTime } from '@/components/ui/time'
import type { AccountGroupsDto } from '@/lib/mutes/joined-schemas'
import type { MuteMatrixDto, MuteStateDto } from '@/lib/mutes/schemas'
import { encodePath } from '@/lib/read'
import type { OtherApp } from './use-other-apps'

type ElsewhereProps = { userId: string; others: readonly OtherApp[] }

/**
 * What holds for the same user id in other apps. It is the same id, and perhaps somebody else; commands are given
 * there.
 */
export function Elsewhere({ userId, others }: ElsewhereProps) {
  const t = useTranslations('accounts.elsewhere')
  const titleId = useId()
  const absent = others.filter(({ status }) => status === 'absent')
  if (others.length === 0) return null
  return (
    <section aria-labelledby={titleId} data-elsewhere className="rounded-panel border border-line bg-surface">
      <div className="px-4 py-3">
        <h2 id={titleId} className="text-lg">
          {t('title')}
        </h2>
        <p className="text-sm text-muted wrap-anywhere">{t('note', { id: userId })}</p>
      </div>
      <ul>
        {others
          .filter(({ status }) => status !== 'absent')
          .map((app) => (
            <OtherAccount key={app.connection.key} userId={userId} app={app} />
          ))}
      </ul>
      {absent.length > 0 && (
        <p className="border-t border-line px-4 py-2 text-sm wrap-anywhere text-muted">
          {t('absent', { id: userId, apps: absent.map(({ connection }) => connection.name).join(', ') })}
        </p>
      )}
    </section>
  )
}

/** One app: which account has the id there, where it cannot write, and the way to the page that can change it. */
function OtherAccount({ userId, app }: { userId: string; app: OtherApp }) {
  const t = useTranslations('accounts.elsewhere')
  const common = useTranslations('common.actions')
  const page = useTranslations('accounts.page.providers')
  const { connection, status, nickname, matrix, joined } = app
  const provider = page(connection.provider)
  return (
    <li data-app={connection.key} data-status={status} className="border-t border-line px-4 py-3">
      <div className="flex flex-wrap items-baseline gap-x-3 gap-y-1">
        <div className="min-w-0 flex-1 basis-64">
          <h3 className="font-semibold">
            {connection.name} <span className="font-normal text-muted">· {provider}</span>
          </h3>
          {nickname !== null && (
            <p className="truncate">
              <SafeText text={nickname} maxLength={80} />
            </p>
          )}
        </div>
        {status === 'there' && (
          <Link
            href={`/accounts${encodePath(connection.key, userId)}`}
            prefetch={false}
            className="inline-flex min-h-6 items-center gap-1 text-accent-text underline"
          >
            {t('open', { app: connection.name })}
            <ArrowRight aria-hidden className="size-4 rtl:rotate-180" />
          </Link>
        )}
      </div>
      {status === 'asking' && <p className="text-sm text-muted">{t('asking', { app: connection.name })}</p>}
      {status === 'silent' && (
        <div className="flex flex-wrap items-center gap-x-3 gap-y-1 pt-1">
          <p className="text-warning-text wrap-anywhere">
            {t('silent', { app: connection.name, id: userId })}
          </p>
          <Button isBusy={app.isReading} onClick={app.retry}>
            {common('retry')}
          </Button>
        </div>
      )}
      {matrix && (status === 'there' || isKnown(matrix, joined)) && (
        <Holds app={app} matrix={matrix} provider={provider} userId={userId} />
      )}
    </li>
  )
}

/** Of an account that nobody could ask about only what is known is worth a line. */
function isKnown({ states }: MuteMatrixDto, joined: AccountGroupsDto | null): boolean {
  return states.some(({ checkedAt, version }) => checkedAt !== null || version > 0) || !!joined?.others.length
}

type HoldsProps = { app: OtherApp; matrix: MuteMatrixDto; provider: string; userId: string }

function Holds({ app, matrix, provider, userId }: HoldsProps) {
  const t = useTranslations('accounts.elsewhere')
  const { joined } = app
  const rows = joined
    ? rowsOf(joined).filter(({ group: { state, above } }) => above.length > 0 || isLoud(state))
    : []
  const isStale = matrix.reading.status === 'failed' || Boolean(joined?.failure)
  const isAllRead = joined && !isStale && !joined.hasMore && joined.groups.every(({ isRead }) => isRead)
  return (
    <>
      {matrix.states.length === 0 && (
        <p className="flex gap-2 pt-1 text-sm text-muted">
          <MicOff aria-hidden className="mt-0.5 size-4 shrink-0" />
          {t('noMutes', { provider })}
        </p>
      )}
      <ul className="pt-1">
        {matrix.states.map((state) => (
          <ScopeRow key={state.scope} state={state} serverNow={matrix.serverNow} onEnd={app.retry} />
        ))}
      </ul>
      {isStale && <p className="text-sm text-warning-text">{t('stale')}</p>}
      {joined && rows.length === 0 && (
        <p className="text-sm text-muted">{t(isAllRead ? 'noneRead' : 'noGroups')}</p>
      )}
      {joined && rows.length > 0 && (
        <ul className="-mx-4 mt-2 divide-y divide-line border-t border-line">
          {rows.map(({ group, isUnlisted }) => (
            <JoinedGroup
              key={`${group.groupId}\n${group.topicId ?? ''}`}
              account={{ connection: app.connection.key, userId }}
              group={group}
              isUnlisted={isUnlisted}
              serverNow={joined.serverNow}
              onEnd={app.retry}
            />
          ))}
        </ul>
      )}
    </>
  )
}

function isLoud({ until, pending, drift }: MuteStateDto): boolean {
  return until !== null || pending !== null || drift !== null
}

type ScopeRowProps = { state: MuteStateDto; serverNow: number; onEnd(): void }

/** One scope in another app: what holds, for how long, and how old the knowledge is. */
function ScopeRow({ state, serverNow, onEnd }: ScopeRowProps) {
  const t = useTranslations('mutes.scopes')
  const kind = useServerClock(serverNow, (now) => stateKind(state, now))
  const { scope, until } = state
  return (
    <li data-scope={scope} data-state={kind} className="flex flex-wrap items-baseline gap-x-3 gap-y-0.5 py-1">
      <span className="sm:w-40">{t(scope)}</span>
      <StateBadge kind={kind} />
      {until !== null && (
        <RemainingTime until={until} serverNow={serverNow} onEnd={onEnd} className="font-semibold" />
      )}
      <CheckedAgo at={state.checkedAt} serverNow={serverNow} className="text-sm text-muted sm:ms-auto" />
    </li>
  )
}
