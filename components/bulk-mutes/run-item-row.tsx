'use client'

import { ArrowRight, BadgeCheck } from 'lucide-react'
import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { memo } from 'react'
import { FailureText, failureCode } from '@/components/mutes/failure-text'
import { useEndWords } from '@/components/mutes/words'
import { Badge } from '@/components/ui/badge'
import { SafeText, safePlain } from '@/components/ui/safe-text'
import type { BulkItemDto, BulkMuteDto } from '@/lib/bulk-mutes/schemas'
import { groupRoles } from '@/lib/provider/port'
import { encodePath } from '@/lib/read'
import { ItemCases } from './item-cases'
import { ForecastBadge, ItemStateBadge } from './run-badges'
import { changesToTell, itemName } from './run-model'

type Place = Pick<BulkMuteDto, 'connection' | 'groupId' | 'topicId'>

type RunItemRowProps = {
  /** the run's */
  place: Place
  item: BulkItemDto
  /** whether the row tells what became of the account, rather than what would */
  isResult: boolean
  now: number
  index: number
  count: number
  /**
   * null: it cannot be; what is changed is told by the event that rises from its box, which has the account as its
   * value
   */
  chosen: boolean | null
}

/** One account of a run: who, what will be or was done, why not, and what holds before and after. */
export const RunItemRow = memo(function RunItemRow({
  place,
  item,
  isResult,
  now,
  index,
  count,
  chosen,
}: RunItemRowProps) {
  const t = useTranslations('bulkMutes')
  const { userId, groupId, state, forecast, skipped, failure } = item
  const name = groupId === null ? item.nickname : item.groupName
  return (
    <li
      data-account-id={userId}
      data-group-id={groupId ?? undefined}
      data-state={state}
      data-forecast={forecast}
      aria-setsize={count}
      aria-posinset={index + 1}
      className="flex gap-2 border-b border-line px-3 py-2"
    >
      {chosen !== null && (
        <label className="-m-2 flex shrink-0 cursor-pointer items-start p-2 pt-2.5">
          <input
            type="checkbox"
            aria-label={t('items.choose', { name: safePlain(name ?? itemName(item)) })}
            value={itemName(item)}
            checked={chosen}
            readOnly
            className="size-4 accent-accent"
          />
        </label>
      )}
      <div className="grid min-w-0 flex-1 gap-x-4 gap-y-1 md:grid-cols-[minmax(0,2fr)_minmax(0,3fr)]">
        <div className="min-w-0">
          <Link
            href={hrefOf(place, item)}
            prefetch={false}
            className="block min-h-6 text-accent-text hover:underline"
          >
            {name !== null && (
              <span className="block truncate font-medium">
                <SafeText text={name} />
              </span>
            )}{' '}
            <bdi dir="ltr" className="block truncate font-mono text-sm whitespace-pre">
              {itemName(item)}
            </bdi>
          </Link>
          <RoleBadge role={item.role} />
          {item.cases.length > 0 && <ItemCases cases={item.cases} />}
        </div>
        <div className="flex min-w-0 flex-col gap-0.5">
          <div className="flex flex-wrap items-center gap-x-2 gap-y-0.5">
            {isResult ? <ItemStateBadge state={state} /> : forecast && <ForecastBadge forecast={forecast} />}
            {isResult && skipped && <span>{t(`reasons.${skipped}`)}</span>}
            {isResult && state === 'applied' && item.verifiedAt !== null && (
              <span className="inline-flex items-center gap-1 text-sm text-success-text">
                <BadgeCheck aria-hidden className="size-3.5" />
                {t('items.verified')}
              </span>
            )}
            {isResult && item.differs && <Badge tone="warning">{t('items.differs')}</Badge>}
          </div>
          {isResult && failure && state !== 'applied' && (
            <div className="text-sm">
              <FailureText provider={place.connection.provider} failure={failure} />
              <code className="font-mono text-xs text-muted">
                {failureCode({ provider: place.connection.provider, failure })}
              </code>
            </div>
          )}
          <Changes changes={changesToTell(item, isResult)} now={now} />
        </div>
      </div>
    </li>
  )
})

/** The page on which the account's mute can be seen. */
function hrefOf({ connection, topicId, ...run }: Place, { userId, ...item }: BulkItemDto): string {
  const groupId = run.groupId ?? item.groupId
  if (groupId === null) return `/accounts${encodePath(connection.key, userId)}`
  const at = new URLSearchParams({ member: userId, ...(topicId === null ? {} : { topic: topicId }) })
  return `/groups${encodePath(connection.key, groupId)}?${at}`
}

function RoleBadge({ role }: { role: number | null }) {
  const t = useTranslations('groups.roles')
  if (role === groupRoles.owner) return <Badge tone="accent">{t('owner')}</Badge>
  return role === groupRoles.admin ? <Badge tone="accent">{t('admin')}</Badge> : null
}

function Changes({ changes, now }: { changes: BulkItemDto['changes']; now: number }) {
  const t = useTranslations('mutes')
  const words = useEndWords()
  const told = changes.filter(({ before, after }) => before !== after || before !== null)
  const [first] = told
  if (!first) return null
  const isSame = told.every(({ before, after }) => before === first.before && after === first.after)
  return (
    <dl className="text-sm">
      {(isSame ? [first] : told).map(({ scope, before, after }) => (
        <div key={scope} className="flex flex-wrap items-center gap-x-1.5">
          <dt className={isSame && told.length === changes.length ? 'sr-only' : 'text-muted'}>
            {isSame ? told.map((change) => t(`scopes.${change.scope}`)).join(' · ') : t(`scopes.${scope}`)}
          </dt>
          <dd className="flex flex-wrap items-center gap-x-1.5">
            <span>{words.end(before, now)}</span>
            {before !== after && (
              <>
                <ArrowRight aria-hidden className="size-3.5 shrink-0 text-muted" />
                <span className="sr-only">→</span>
                <span className="font-medium">{words.end(after, now)}</span>
              </>
            )}
          </dd>
        </div>
      ))}
    </dl>
  )
}
