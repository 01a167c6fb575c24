'use client'

import { useTranslations } from 'next-intl'
import { createContext, type ReactNode, use, useRef } from 'react'
import { commonPlace, type LedgerRow, ledgerKey } from './ledger-rows'
import { SelectBox } from './select-box'
import { SelectionBar } from './selection-bar'
import { type ConnectionSelection, useConnectionSelection } from './use-connection-selection'
import { listOf, useHandOver } from './use-hand-over'

type Shared = { selection: ConnectionSelection; hint: string | undefined }
const SelectionContext = createContext<Shared | null>(null)

type LedgerSelectionProps = {
  /** whoever may mute several at once; null: not this moderator */
  actorId: string | null
  rows: readonly LedgerRow[]
  /** connections' names by key */
  names: ReadonlyMap<string, string>
  children: ReactNode
}

/** Lets mutes in force be selected and carried to the form of bulk mutes, with their place where it is the same for all. */
export function LedgerSelection({ actorId, rows, names, children }: LedgerSelectionProps) {
  const t = useTranslations('bulkCollect.selection')
  const list = useRef<HTMLDivElement>(null)
  // Where everybody is muted there is nobody to select.
  const selectable = (actorId === null ? [] : rows)
    .filter(({ userId }) => userId !== '')
    .map((row) => ({ key: ledgerKey(row), connection: row.connection }))
  const selection = useConnectionSelection(list, selectable)
  const handOver = useHandOver(actorId ?? '')
  const { connection, selected } = selection
  const hint =
    connection === null ? undefined : t('otherConnection', { name: names.get(connection) ?? connection })
  const chosen = rows.filter((row) => selected.includes(ledgerKey(row)))
  return (
    <div ref={list} className="flex flex-col gap-3">
      <SelectionContext value={actorId === null ? null : { selection, hint }}>{children}</SelectionContext>
      <SelectionBar
        count={selected.length}
        note={names.size > 1 ? hint : undefined}
        onClear={selection.clear}
        onBulk={(kind) =>
          connection !== null &&
          handOver({
            kind,
            connection,
            ...commonPlace(chosen),
            lists: [listOf('selection', t('from.ledger'), [...new Set(chosen.map(({ userId }) => userId))])],
          })
        }
      />
    </div>
  )
}

/** The checkbox of a row; nothing where rows cannot be selected. */
export function LedgerBox({ row }: { row: LedgerRow }) {
  const t = useTranslations('bulkCollect.selection')
  const shared = use(SelectionContext)
  if (!shared || row.userId === '') return null
  const { selection, hint } = shared
  const key = ledgerKey(row)
  const isDisabled = !selection.canSelect(key)
  return (
    <SelectBox
      label={t('one', { name: row.userId })}
      isSelected={selection.has(key)}
      isDisabled={isDisabled}
      title={isDisabled ? hint : undefined}
      onToggle={(isRange) => selection.toggle(key, isRange)}
      className="-ms-2 -mt-1"
    />
  )
}
