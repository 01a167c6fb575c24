'use client'

import { useTranslations } from 'next-intl'
import { createContext, type ReactNode, use, useRef } from 'react'
import { SelectBox } from '@/components/bulk-mutes/select-box'
import { SelectionFrame } from '@/components/bulk-mutes/selection-bar'
import {
  type ConnectionSelection,
  useConnectionSelection,
} from '@/components/bulk-mutes/use-connection-selection'
import { listOf, useHandOver } from '@/components/bulk-mutes/use-hand-over'
import { ActionErrorPanel } from '@/components/mutes/action-error-panel'
import { Button } from '@/components/ui/button'
import { accusedOf, chosenOf, commonGroup, type QueueCase } from './queue-cases'
import type { QueueFields } from './queue-href'
import { useAllCases } from './use-all-cases'

type Shared = { selection: ConnectionSelection; hint: string | undefined }
const SelectionContext = createContext<Shared | null>(null)

type QueueSelectionProps = {
  /** whoever may mute several at once and work on cases */
  actorId: string
  /** those of the page that can be selected */
  cases: readonly QueueCase[]
  /** the view has more cases than the page */
  hasMore: boolean
  fields: QueueFields
  /** connections' names by key */
  names: ReadonlyMap<string, string>
  children: ReactNode
}

/** Lets cases of the queue be selected, of this page or all of this view, and carried to the form of bulk mutes. */
export function QueueSelection({ actorId, cases, hasMore, fields, names, children }: QueueSelectionProps) {
  const t = useTranslations('reports.queue.selection')
  const bulk = useTranslations('bulkCollect.selection')
  const list = useRef<HTMLDivElement>(null)
  const view = useAllCases(fields)
  const selection = useConnectionSelection(list, cases.map(toRow), view.all?.cases.map(toRow))
  const handOver = useHandOver(actorId)
  const { connection } = selection
  const hint =
    connection === null ? undefined : bulk('otherConnection', { name: names.get(connection) ?? connection })
  const { chosen, isWhole, isCut } = chosenOf(cases, view.all, selection.has)
  const accounts = accusedOf(chosen)

  function clear() {
    selection.clear()
    view.forget()
  }

  async function selectAll(of: string) {
    const found = await view.readAll(of)
    if (found) selection.add(found.cases.map(({ id }) => id))
  }

  function goOn() {
    if (connection === null) return
    handOver({
      kind: 'mute',
      connection,
      ...commonGroup(chosen),
      lists: [listOf('selection', t('from'), accounts)],
      cases: chosen.map(({ id, number, userId }) => ({ id, number, connection, userId })),
    })
  }

  return (
    <div ref={list} className="flex flex-col gap-3">
      <SelectionContext value={{ selection, hint }}>{children}</SelectionContext>
      <SelectionFrame
        count={chosen.length}
        note={isCut ? t('most', { max: chosen.length }) : names.size > 1 ? hint : undefined}
        onClear={clear}
      >
        <Button variant="danger" onClick={goOn}>
          {t('mute', { count: accounts.length })}
        </Button>
        {hasMore && connection !== null && !isWhole && (
          <Button isBusy={view.isReading} onClick={() => void selectAll(connection)}>
            {t('all')}
          </Button>
        )}
      </SelectionFrame>
      {view.error && <ActionErrorPanel error={view.error} isRead />}
    </div>
  )
}

function toRow({ id, connection }: QueueCase) {
  return { key: id, connection }
}

/** The checkbox of a case; nothing where it cannot be selected. */
export function CaseBox({ one }: { one: { id: string; number: number } }) {
  const t = useTranslations('bulkCollect.selection')
  const shared = use(SelectionContext)
  if (!shared) return null
  const { selection, hint } = shared
  const isDisabled = !selection.canSelect(one.id)
  return (
    <SelectBox
      label={t('one', { name: `#${one.number}` })}
      isSelected={selection.has(one.id)}
      isDisabled={isDisabled}
      title={isDisabled ? hint : undefined}
      onToggle={(isRange) => selection.toggle(one.id, isRange)}
      className="-ms-2 -mt-1.5"
    />
  )
}
