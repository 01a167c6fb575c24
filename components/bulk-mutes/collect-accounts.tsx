'use client'

import { clsx } from 'clsx'
import { useTranslations } from 'next-intl'
import { useMemo, useRef } from 'react'
import { Button } from '@/components/ui/button'
import { Field, Textarea } from '@/components/ui/field'
import { maxBulkItems, maxCollected } from '@/lib/bulk-mutes/rules'
import { CollectCounts } from './collect-counts'
import { runsOf, separatedAtSpaces } from './collect-ids'
import { CollectLists } from './collect-lists'
import type { Collect } from './use-collect'
import type { IdFiles } from './use-id-files'

type CollectAccountsProps = {
  collect: Collect
  files: IdFiles
  /** files are held over the form */
  isOver: boolean
}

/** Whom: ids typed or pasted, files, and what was selected elsewhere; with what is not an id or named twice. */
export function CollectAccounts({ collect, files, isOver }: CollectAccountsProps) {
  const t = useTranslations('bulkCollect.accounts')
  const fieldErrors = useTranslations('fieldErrors')
  const { draft, change, collected, fields } = collect
  const count = collected.ids.length
  const typed = useRef<HTMLTextAreaElement>(null)
  const separated = useMemo(() => separatedAtSpaces(draft.text), [draft.text])

  function separate() {
    change({ text: separated })
    // The button is gone.
    typed.current?.focus()
  }

  function errorText(): string | undefined {
    if (fields.userIds === 'too_many') return t('tooMany', { count, max: maxCollected })
    return fields.userIds && fieldErrors(fields.userIds)
  }

  return (
    <section
      aria-label={t('title')}
      className={clsx(
        'flex min-w-0 flex-col gap-3 rounded-panel border bg-surface p-4',
        isOver ? 'border-accent-text outline-2 -outline-offset-2 outline-accent-text' : 'border-line',
      )}
    >
      <Field label={t('ids')} hint={t('idsHint')} error={errorText()}>
        <Textarea
          ref={typed}
          value={draft.text}
          rows={10}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          className="font-mono"
          onChange={(event) => change({ text: event.target.value })}
        />
      </Field>
      {separated !== draft.text && (
        <p className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <span>{t('spaces')}</span>
          <Button onClick={separate}>{t('separate')}</Button>
        </p>
      )}
      <CollectLists lists={draft.lists} files={files} onLists={(lists) => change({ lists })} />
      <CollectCounts collected={collected} lists={draft.lists} />
      {count > maxBulkItems && count <= maxCollected && (
        <p className="rounded-control bg-accent-soft px-3 py-2">
          {t('split', { count, max: maxBulkItems, runs: runsOf(collected.ids).length })}
        </p>
      )}
    </section>
  )
}
