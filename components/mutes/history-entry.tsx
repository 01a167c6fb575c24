'use client'

import { useQuery } from '@tanstack/react-query'
import { ArrowRight, BadgeCheck, Check, CircleHelp, CircleX, LoaderCircle, Undo2 } from 'lucide-react'
import Link from 'next/link'
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { Badge, type Tone } from '@/components/ui/badge'
import { Button } from '@/components/ui/button'
import { useServerNow } from '@/components/ui/clock'
import { SafeText } from '@/components/ui/safe-text'
import { AbsoluteTime } from '@/components/ui/time'
import { hasPermission, type Role } from '@/lib/auth/roles'
import { groupQueries } from '@/lib/groups/query-options'
import { maxReasonLength } from '@/lib/mutes/rules'
import type { CommandStatus, MuteCommandDto } from '@/lib/mutes/schemas'
import type { ProviderName } from '@/lib/provider/port'
import { encodePath } from '@/lib/read'
import { commandAnchor } from './command-href'
import { FailureText, failureCode } from './failure-text'
import { toldChanges } from './role-model'
import { useWithRoles } from './role-words'
import { useEndWords } from './words'

const statuses: Record<CommandStatus, { tone: Tone; icon: ReactNode }> = {
  requested: { tone: 'info', icon: <LoaderCircle aria-hidden /> },
  applied: { tone: 'success', icon: <Check aria-hidden /> },
  rejected: { tone: 'danger', icon: <CircleX aria-hidden /> },
  unknown: { tone: 'warning', icon: <CircleHelp aria-hidden /> },
}

type HistoryEntryProps = {
  command: MuteCommandDto
  /** the group it was in, where the page does not say so already */
  inGroup: { groupId: string; name: string | null } | null
  provider: ProviderName
  serverNow: number
  role: Role
  isUndoing: boolean
  onUndo(): void
}

/** One command: what it changed, who gave it, when and why, what became of it, and the way back. */
export function HistoryEntry(props: HistoryEntryProps) {
  const { command, inGroup, provider, serverNow, role, isUndoing, onUndo } = props
  const t = useTranslations('mutes')
  const { short } = useEndWords()
  const now = useServerNow(serverNow, 'minute')
  const { id, kind, status, failure, reason, undoOf, bulkId } = command
  const at = (time: number) => <AbsoluteTime at={time} serverNow={serverNow} />
  return (
    <li
      id={commandAnchor(id)}
      data-command-id={id}
      data-status={status}
      className="flex scroll-mt-16 flex-col gap-1.5 px-4 py-3 target:bg-accent-soft"
    >
      <div className="flex flex-wrap items-center gap-x-2 gap-y-1">
        <h3 className="font-semibold">{t(`history.kinds.${kind}`)}</h3>
        <Badge
          tone={statuses[status].tone}
          icon={statuses[status].icon}
          isPending={status === 'unknown' || status === 'requested'}
        >
          {t(`history.statuses.${status}`)}
        </Badge>
        {command.verifiedAt !== null && (
          <span
            title={t('matrix.verifiedHint')}
            className="inline-flex items-center gap-1 text-sm text-success-text"
          >
            <BadgeCheck aria-hidden className="size-3.5" />
            {t('history.verified')}
          </span>
        )}
        <span className="text-sm text-muted sm:ms-auto">
          {t.rich('history.by', { name: command.actorName, time: () => at(command.requestedAt) })}
        </span>
      </div>
      {inGroup && (
        <p className="text-sm">
          {t.rich(command.topicId === null ? 'history.inGroup' : 'history.inTopic', {
            link: () => <GroupLink connection={command.connection} {...inGroup} />,
            topic: () => <TopicLink command={command} groupId={inGroup.groupId} />,
          })}
        </p>
      )}
      <Changes command={command} now={now} />
      <div className="flex gap-x-2 text-sm leading-5 text-muted">
        <span className="shrink-0 font-medium">{t(`categories.${reason.category}`)}</span>
        <ReasonText text={reason.text} />
      </div>
      {undoOf && (
        <p className="text-sm">
          {t.rich('history.undoOf', {
            link: (text) => (
              <a href={`#${commandAnchor(undoOf)}`} className="text-accent-text underline">
                {text}
              </a>
            ),
          })}
        </p>
      )}
      {bulkId && (
        <p className="text-sm">
          {t.rich('history.partOf', {
            link: (text) => (
              <Link href={`/bulk-mutes/${bulkId}`} prefetch={false} className="text-accent-text underline">
                {text}
              </Link>
            ),
          })}
        </p>
      )}
      {failure && status !== 'applied' && (
        <div className="rounded-control bg-sunken px-3 py-2 text-sm">
          <FailureText provider={provider} failure={failure} />
          <code className="font-mono text-xs text-muted">{failureCode({ provider, failure })}</code>
        </div>
      )}
      {command.canUndo && mayUndo(role, command) && (
        <Button
          className="self-start"
          icon={<Undo2 aria-hidden className="size-4" />}
          isBusy={isUndoing}
          aria-label={t('history.undoWhat', { time: short(command.requestedAt, now) })}
          onClick={onUndo}
        >
          {t('history.undo')}
        </Button>
      )}
    </li>
  )
}

type GroupLinkProps = { connection: string; groupId: string; name: string | null }

function GroupLink({ connection, groupId, name }: GroupLinkProps) {
  return (
    <Link
      href={`/groups${encodePath(connection, groupId)}`}
      prefetch={false}
      className="text-accent-text underline"
    >
      <SafeText text={name ?? groupId} maxLength={60} />
    </Link>
  )
}

/** The directory knows groups alone: a topic's name is asked for with its group. */
function TopicLink({ command, groupId }: { command: MuteCommandDto; groupId: string }) {
  const { connection, topicId } = command
  const { data } = useQuery(groupQueries.view({ connection, groupId }))
  if (topicId === null) return null
  const name = data?.topics.find((topic) => topic.topicId === topicId)?.name
  return (
    <Link
      href={`/groups${encodePath(connection, groupId)}?${new URLSearchParams({ topic: topicId }).toString()}`}
      prefetch={false}
      className="text-accent-text underline"
    >
      <SafeText text={name || topicId} maxLength={60} />
    </Link>
  )
}

function ReasonText({ text }: { text: string }) {
  const lines = text.split('\n').filter((line) => line.trim() !== '')
  return (
    <div className="min-w-0">
      {lines.map((line, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the lines of a written text never move.
        <div key={index}>
          <SafeText text={line.trim()} maxLength={maxReasonLength} />
        </div>
      ))}
    </div>
  )
}

function Changes({ command, now }: { command: MuteCommandDto; now: number }) {
  const t = useTranslations('mutes')
  const words = useEndWords()
  const withRoles = useWithRoles()
  return (
    <dl className="grid grid-cols-[auto_1fr] gap-x-3">
      {toldChanges(command.changes).map(({ scope, before, after, beforeRoles, afterRoles }) => (
        <div key={scope} className="col-span-2 grid grid-cols-subgrid">
          <dt className="text-muted">{t(`scopes.${scope}`)}</dt>
          <dd className="flex flex-wrap items-center gap-x-1.5">
            <span>{withRoles(words.end(before, now), beforeRoles)}</span>
            <ArrowRight aria-hidden className="size-3.5 shrink-0 text-muted" />
            <span className="sr-only">→</span>
            <span className="font-medium">{withRoles(words.end(after, now), afterRoles)}</span>
          </dd>
        </div>
      ))}
    </dl>
  )
}

/** The rights that the server asks for to restore what was there before. */
function mayUndo(role: Role, { changes }: MuteCommandDto): boolean {
  if (!hasPermission(role, 'mutes:lift')) return false
  if (changes.some(({ before }) => before !== null) && !hasPermission(role, 'mutes:apply')) return false
  return !changes.some(({ before }) => before === 'forever') || hasPermission(role, 'mutes:apply-forever')
}
