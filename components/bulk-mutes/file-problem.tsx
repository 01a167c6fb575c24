'use client'

import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { safePlain } from '@/components/ui/safe-text'
import { maxBulkFileBytes } from '@/lib/bulk-mutes/rules'
import { encodePath } from '@/lib/read'
import type { GroupsOfRun } from './groups-of-rows'
import type { UnreadFile } from './use-id-files'

/** Why a file gave no list, and what to do instead. */
export function FileProblem({ name, problem }: UnreadFile) {
  const t = useTranslations('bulkCollect.lists.problems')
  const file = safePlain(name, 60)
  if (problem.error === 'of_groups') return <OfGroups file={file} of={problem.of} />
  return (
    <p>
      {t(problem.error, {
        name: file,
        line: problem.error === 'unreadable' ? problem.line : 0,
        max: maxBulkFileBytes / 1_024 / 1_024,
      })}
    </p>
  )
}

/** The same groups again are a matter of their run, any other mute in them of the account's page. */
function OfGroups({ file, of }: { file: string; of: GroupsOfRun }) {
  const t = useTranslations('bulkCollect.lists.ofGroups')
  const { groups, userId, connection, run } = of
  const account = safePlain(userId, 40)
  const link = 'inline-flex min-h-6 items-center text-accent-text underline'
  return (
    <div>
      <p>
        {userId === ''
          ? t('several', { name: file, count: groups })
          : t('one', { name: file, count: groups, account })}
      </p>
      <p className="flex flex-wrap gap-x-4">
        {run !== '' && (
          <Link href={`/bulk-mutes${encodePath(run)}`} prefetch={false} className={link}>
            {t('run')}
          </Link>
        )}
        {userId !== '' && connection !== '' && (
          <Link href={`/accounts${encodePath(connection, userId)}`} prefetch={false} className={link}>
            {t('account', { account })}
          </Link>
        )}
      </p>
    </div>
  )
}
