'use client'

import { useTranslations } from 'next-intl'
import { useRef } from 'react'
import { Button } from '@/components/ui/button'
import { safePlain } from '@/components/ui/safe-text'
import { maxBulkFileBytes } from '@/lib/bulk-mutes/rules'
import type { IdList } from './collect-draft'
import { CollectListRow } from './collect-list-row'
import { FileProblem } from './file-problem'
import type { IdFiles } from './use-id-files'

type CollectListsProps = { lists: readonly IdList[]; files: IdFiles; onLists(lists: IdList[]): void }

/** The lists beside the text: files, and what was selected elsewhere; each can be taken out again. */
export function CollectLists({ lists, files, onLists }: CollectListsProps) {
  const t = useTranslations('bulkCollect.lists')
  const chooser = useRef<HTMLInputElement>(null)
  const button = useRef<HTMLButtonElement>(null)
  function replace(list: IdList, by: IdList[]) {
    onLists(lists.flatMap((other) => (other === list ? by : other)))
    // What was pressed is gone.
    button.current?.focus()
  }
  return (
    <>
      {lists.length > 0 && (
        <ul aria-label={t('label')} className="flex flex-col gap-1.5">
          {lists.map((list, index) => (
            <CollectListRow
              // biome-ignore lint/suspicious/noArrayIndexKey: two lists may be the same in everything else.
              key={index}
              list={list}
              onSeparate={(entries) => replace(list, [{ ...list, entries }])}
              onRemove={() => replace(list, [])}
            />
          ))}
        </ul>
      )}
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <input
          ref={chooser}
          type="file"
          multiple
          hidden
          accept=".csv,.tsv,.txt,text/csv,text/plain"
          onChange={(event) => {
            void files.add([...(event.target.files ?? [])])
            // The same file again is a choice too.
            event.target.value = ''
          }}
        />
        <Button ref={button} isBusy={files.reading !== null} onClick={() => chooser.current?.click()}>
          {t('choose')}
        </Button>
        {files.reading && (
          <span className="text-sm tabular-nums">
            {t('reading', { name: safePlain(files.reading.name, 60), percent: files.reading.percent })}
          </span>
        )}
        <span className="text-sm text-muted">{t('drop', { max: maxBulkFileBytes / 1_024 / 1_024 })}</span>
      </div>
      <div role="alert" className="space-y-1 text-sm text-danger-text empty:hidden">
        {files.problems.map((file, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: shown once and never moved.
          <FileProblem key={index} {...file} />
        ))}
      </div>
    </>
  )
}
