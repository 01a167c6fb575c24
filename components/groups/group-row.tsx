'use client'

import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { Badge } from '@/components/ui/badge'
import { SafeText } from '@/components/ui/safe-text'
import type { GroupDto } from '@/lib/groups/schemas'
import { encodePath } from '@/lib/read'

/** One group that was found. All of the row leads to its page; the link itself is the name with the id. */
export function GroupRow({ group }: { group: GroupDto }) {
  const t = useTranslations('groups')
  const { connection, groupId, name, type, memberCount, dissolvedAt } = group
  return (
    <li
      data-group-id={groupId}
      data-connection={connection.key}
      className="relative flex flex-col gap-1 px-3 py-2 hover:bg-sunken has-focus-visible:bg-accent-soft sm:flex-row sm:items-center sm:gap-4"
    >
      <Link
        href={`/groups${encodePath(connection.key, groupId)}`}
        // Fifty rows would be fifty requests.
        prefetch={false}
        className="min-w-0 flex-1 outline-none after:absolute after:inset-0 focus-visible:after:outline-2 focus-visible:after:-outline-offset-2 focus-visible:after:outline-focus"
      >
        <span className="block truncate font-medium">
          <SafeText text={name ?? ''} />
        </span>{' '}
        <bdi dir="ltr" className="block truncate font-mono text-sm whitespace-pre text-muted">
          {groupId}
        </bdi>
      </Link>
      <p className="flex flex-wrap items-center gap-2 text-sm text-muted sm:w-96 sm:justify-end">
        {dissolvedAt !== null && <Badge tone="warning">{t('dissolved')}</Badge>}
        {memberCount !== null && <span className="tabular-nums">{t('members', { count: memberCount })}</span>}
        {type && <Badge>{t(`types.${type}`)}</Badge>}
        <span className="max-w-full truncate">{connection.name}</span>
      </p>
    </li>
  )
}
