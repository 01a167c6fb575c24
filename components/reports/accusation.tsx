import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { lazy, Suspense } from 'react'
import { SafeText } from '@/components/ui/safe-text'
import type { AccountDto } from '@/lib/accounts/schemas'
import { encodePath } from '@/lib/read'
import type { CaseDto, CaseViewDto } from '@/lib/reports/case-schemas'
import { useCategories } from './categories'
import { Person } from './person'
import { PriorityWhy } from './priority-why'
import { SideFrame } from './side-frame'
import { SlaBadge } from './sla-badge'

/** Few reporters are their accused. */
const LinkedNotice = lazy(async () => ({ default: (await import('./rare-parts')).LinkedNotice }))

type AccusationProps = { view: CaseViewDto; connection: AccountDto['connection'] | undefined }

/** Who is accused of what, by whom and where, in one sentence in which the two sides cannot be taken for each other. */
export function Accusation({ view: { case: one, reports, linked, serverNow }, connection }: AccusationProps) {
  const t = useTranslations('reports.case')
  const queue = useTranslations('reports.queue')
  const { nameOf } = useCategories()
  const says = linked.flatMap((account) => (account.isReporter ? account.says : []))
  const reporter = reports.find((report) => report.reporter !== null)?.reporter
  return (
    <section className="flex flex-col gap-1.5 rounded-panel border border-line bg-surface px-4 py-3">
      <p className="text-lg leading-8">
        {t.rich('sentence', {
          accused: () => (
            <SideFrame side="accused">
              <Person connection={one.connection} {...one.accused} />
            </SideFrame>
          ),
          reporter: () => (
            <SideFrame side="reporter">
              {reporter ? (
                <Person connection={one.connection} userId={reporter.userId} nickname={reporter.nickname} />
              ) : (
                t(reports.some(({ source }) => source !== 'console') ? 'moderation' : 'nobody')
              )}
            </SideFrame>
          ),
          category: () => <strong>{nameOf(one.category)}</strong>,
          others: Math.max(0, one.reporterCount - 1),
          place: placeKind(one),
          where: () => <Where one={one} />,
        })}
      </p>
      {says.length > 0 && (
        <Suspense>
          <LinkedNotice says={says} />
        </Suspense>
      )}
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1 text-sm">
        {one.closedAt === null && (
          <SlaBadge dueAt={one.dueAt} openedAt={one.openedAt} serverNow={serverNow} />
        )}
        <span>{queue('counts', { reports: one.reportCount, reporters: one.reporterCount })}</span>
        <span>
          {queue('priority', { value: one.priority })} <PriorityWhy reasons={one.priorityWhy} />
        </span>
        <span className="text-muted">{connection?.name ?? one.connection}</span>
      </div>
    </section>
  )
}

function placeKind({ groupId, topicId, peerId }: CaseDto): 'group' | 'topic' | 'peer' | 'none' {
  if (groupId !== null) return topicId === null ? 'group' : 'topic'
  return peerId === null ? 'none' : 'peer'
}

function Where({ one: { connection, groupId, groupName, peerId } }: { one: CaseDto }) {
  if (groupId !== null)
    return (
      <Link
        href={`/groups${encodePath(connection, groupId)}`}
        prefetch={false}
        className="text-accent-text hover:underline"
      >
        <SafeText text={groupName || groupId} maxLength={60} />
      </Link>
    )
  return peerId === null ? null : <Person connection={connection} userId={peerId} nickname={null} />
}
