import { AtSign, MicOff, Scale } from 'lucide-react'
import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { Badge } from '@/components/ui/badge'
import { SafeText, safePlain } from '@/components/ui/safe-text'
import { AbsoluteTime } from '@/components/ui/time'
import type { CaseDto } from '@/lib/reports/case-schemas'
import { placeIn } from '@/lib/reports/queue-place'
import { CategoryName } from './categories'
import { PriorityWhy } from './priority-why'
import { caseHref, type QueueFields, rowId } from './queue-href'
import { CaseBox } from './queue-selection'
import { RowStand } from './queue-stands'
import { RestWords } from './rest-words'
import { SideFrame } from './side-frame'
import { SlaBadge } from './sla-badge'

type QueueRowProps = {
  one: CaseDto
  /** the list that it is in */
  fields: QueueFields
  connectionName: string
  serverNow: number
  isSelectable: boolean
  /** other rows have a checkbox: this one stands in line with them */
  hasBoxes: boolean
}

/** A case in the queue: whom it is about, what for, how urgent and why, and who is at it. */
export function QueueRow({ one, fields, connectionName, serverNow, isSelectable, hasBoxes }: QueueRowProps) {
  const t = useTranslations('reports.queue')
  const { accused, reportCount, reporterCount, priority, closedAt } = one
  return (
    <li
      id={rowId(one.id)}
      data-case-id={one.id}
      data-select={isSelectable ? one.id : undefined}
      data-account-id={accused.userId}
      className="relative grid scroll-mt-32 scroll-mb-20 gap-x-4 gap-y-1 px-3 py-2 hover:bg-sunken has-data-moved:bg-sunken has-[[data-case-link]:focus]:bg-accent-soft md:grid-cols-[minmax(0,3fr)_minmax(0,3fr)_minmax(0,2fr)]"
    >
      <div className="flex min-w-0">
        {isSelectable ? (
          <CaseBox one={{ id: one.id, number: one.number }} />
        ) : (
          hasBoxes && <span className="-ms-2 w-control shrink-0" />
        )}
        <div className="min-w-0">
          <Link
            href={caseHref(one.id, { ...fields, at: placeIn(fields.tab, one) })}
            prefetch={false}
            data-case-link
            className="font-semibold text-accent-text after:absolute after:inset-0 hover:underline"
          >
            #{one.number} <CategoryName category={one.category} />
          </Link>
          <div className="mt-0.5">
            <SideFrame side="accused">
              {accused.nickname && <SafeText text={accused.nickname} maxLength={40} />}{' '}
              <bdi dir="ltr" className="font-mono text-sm wrap-anywhere whitespace-pre-wrap">
                {accused.userId}
              </bdi>
            </SideFrame>
          </div>
        </div>
      </div>
      <div className="min-w-0 text-sm">
        <p>{t('counts', { reports: reportCount, reporters: reporterCount })}</p>
        <p className="truncate text-muted">
          {connectionName} · {placeOf(one, t)}
        </p>
        <p>
          {t('priority', { value: priority })} <PriorityWhy reasons={one.priorityWhy} />
        </p>
      </div>
      <div className="flex min-w-0 flex-wrap content-start items-start gap-1 md:flex-col">
        {closedAt === null && one.muteEndsAt === null && (
          <SlaBadge dueAt={one.dueAt} openedAt={one.openedAt} serverNow={serverNow} />
        )}
        {one.muteEndsAt !== null && (
          <Badge tone="warning" icon={<MicOff aria-hidden />}>
            <RestWords path="muteEnds" until={one.muteEndsAt} serverNow={serverNow} />
          </Badge>
        )}
        {one.isNamed && (
          <Badge tone="info" icon={<AtSign aria-hidden />}>
            {t('named')}
          </Badge>
        )}
        <RowStand one={one} serverNow={serverNow} />
        {closedAt !== null && <Closed one={one} at={closedAt} serverNow={serverNow} />}
      </div>
    </li>
  )
}

function Closed({ one, at, serverNow }: { one: CaseDto; at: number; serverNow: number }) {
  const t = useTranslations('reports.queue')
  const verdicts = useTranslations('reports.verdicts')
  return (
    <>
      {one.verdict && <Badge icon={<Scale aria-hidden />}>{verdicts(one.verdict)}</Badge>}
      <span className="text-sm text-muted">
        {one.closedBy ? t('closed', { name: safePlain(one.closedBy, 40) }) : t('closedBySystem')}{' '}
        <AbsoluteTime at={at} serverNow={serverNow} />
      </span>
    </>
  )
}

type QueueWords = ReturnType<typeof useTranslations<'reports.queue'>>

function placeOf({ groupId, groupName, topicId, peerId }: CaseDto, t: QueueWords): string {
  if (groupId !== null)
    return `${t(topicId === null ? 'inGroup' : 'inTopic')} ${safePlain(groupName || groupId, 40)}`
  return peerId === null ? t('nowhere') : `${t('oneToOne')} ${safePlain(peerId)}`
}
