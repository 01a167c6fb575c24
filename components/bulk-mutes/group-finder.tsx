'use client'

import { useQuery } from '@tanstack/react-query'
import { Search } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { ActionErrorPanel } from '@/components/mutes/action-error-panel'
import { Badge } from '@/components/ui/badge'
import { Button } from '@/components/ui/button'
import { Field, Input } from '@/components/ui/field'
import { SafeText } from '@/components/ui/safe-text'
import { Skeleton } from '@/components/ui/skeleton'
import { groupQueries } from '@/lib/groups/query-options'
import { maxGroupQueryLength } from '@/lib/groups/rules'
import type { GroupDto } from '@/lib/groups/schemas'
import { ReadError } from '@/lib/read'

/** How many groups are offered; a longer text finds fewer. */
const maxOffered = 8

type GroupFinderProps = {
  connection: string
  error: string | undefined
  onChoose(groupId: string): void
}

/** Finds a group of a connection by its id or a part of its name, inside another form. */
export function GroupFinder({ connection, error, onChoose }: GroupFinderProps) {
  const t = useTranslations('bulkCollect.place')
  const groups = useTranslations('groups')
  const [text, setText] = useState('')
  const [q, setQ] = useState<string | null>(null)
  const found = useQuery({ ...groupQueries.find({ q: q ?? '', connection }), enabled: q !== null })
  const offered = found.data?.groups.slice(0, maxOffered) ?? []
  const search = () => setQ(text.trim())
  return (
    <div className="flex flex-col gap-2">
      <div className="flex flex-wrap items-start gap-2">
        <Field label={groups('search.text')} error={error} className="min-w-40 flex-1">
          <Input
            type="search"
            value={text}
            maxLength={maxGroupQueryLength}
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            onChange={(event) => setText(event.target.value)}
            onKeyDown={(event) => {
              if (event.key !== 'Enter' || event.nativeEvent.isComposing) return
              event.preventDefault()
              search()
            }}
          />
        </Field>
        <Button
          className="mt-6"
          icon={<Search aria-hidden className="size-4" />}
          isBusy={found.isFetching}
          onClick={search}
        >
          {t('search')}
        </Button>
      </div>
      {q !== null && found.isPending && <Skeleton lines={3} />}
      {found.error instanceof ReadError && <ActionErrorPanel error={found.error.error} isRead />}
      {offered.length > 0 && (
        <ul
          aria-label={groups('label')}
          className="divide-y divide-line overflow-hidden rounded-control border border-line"
        >
          {offered.map((group) => (
            <Offer key={group.groupId} group={group} onChoose={() => onChoose(group.groupId)} />
          ))}
        </ul>
      )}
      <p role="status" className="text-sm text-muted empty:hidden">
        {found.data && offered.length === 0 && t('noGroup')}
        {found.data && (found.data.hasMore || found.data.groups.length > offered.length) && t('moreGroups')}
      </p>
    </div>
  )
}

function Offer({ group, onChoose }: { group: GroupDto; onChoose(): void }) {
  const types = useTranslations('groups.types')
  return (
    <li data-group-id={group.groupId}>
      <button
        type="button"
        onClick={onChoose}
        className="flex min-h-control w-full items-center gap-2 px-3 py-1.5 text-start -outline-offset-2! hover:bg-sunken"
      >
        <span className="min-w-0 flex-1">
          {group.name && (
            <span className="block truncate font-medium">
              <SafeText text={group.name} />
            </span>
          )}{' '}
          <bdi dir="ltr" className="block truncate font-mono text-sm whitespace-pre text-muted">
            {group.groupId}
          </bdi>
        </span>
        {group.type && <Badge>{types(group.type)}</Badge>}
      </button>
    </li>
  )
}
