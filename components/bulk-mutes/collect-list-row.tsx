'use client'

import { FileText, ListChecks, UsersRound, X } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useId, useMemo } from 'react'
import { Button, IconButton } from '@/components/ui/button'
import { SafeText, safePlain } from '@/components/ui/safe-text'
import type { IdList } from './collect-draft'
import { type Entry, hasSpaces, separatedEntries } from './collect-ids'

const icons = { file: FileText, selection: ListChecks, members: UsersRound }

type CollectListRowProps = { list: IdList; onSeparate(entries: Entry[]): void; onRemove(): void }

/** One list: what it is called, how many entries it has, and, for a text, whether its spaces separate ids. */
export function CollectListRow({ list, onSeparate, onRemove }: CollectListRowProps) {
  const t = useTranslations('bulkCollect')
  const id = useId()
  const { kind, column, entries } = list
  // A file may have a million entries, and the form is drawn anew each second.
  const isSpaced = useMemo(() => column === 'text' && entries.some(hasSpaces), [column, entries])
  const Icon = icons[kind]
  const name = list.name || t(`lists.kinds.${kind}`)
  return (
    <li className="rounded-control border border-line bg-sunken ps-3">
      <div className="flex items-center gap-2">
        <Icon aria-hidden className="size-4 shrink-0 text-muted" />
        <span className="min-w-0 flex-1 py-1.5">
          <span id={id} className="block truncate font-medium">
            <SafeText text={name} maxLength={80} />
          </span>
          <span className="block text-sm text-muted">
            {t('lists.entries', { count: entries.length })}
            {column && <> · {t(`lists.columns.${column}`)}</>}
          </span>
        </span>
        <IconButton
          label={t('lists.remove', { name: safePlain(name, 40) })}
          icon={<X aria-hidden className="size-4" />}
          onClick={onRemove}
        />
      </div>
      {isSpaced && (
        <p className="flex flex-wrap items-center gap-x-3 gap-y-1 pe-3 pb-2">
          <span>{t('accounts.spaces')}</span>
          <Button aria-describedby={id} onClick={() => onSeparate(separatedEntries(entries))}>
            {t('accounts.separate')}
          </Button>
        </p>
      )}
    </li>
  )
}
