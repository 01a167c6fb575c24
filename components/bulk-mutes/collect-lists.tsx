'use client'

import { FileText, ListChecks, UsersRound, X } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useRef } from 'react'
import { Button, IconButton } from '@/components/ui/button'
import { SafeText, safePlain } from '@/components/ui/safe-text'
import { maxBulkFileBytes } from '@/lib/bulk-mutes/rules'
import type { IdList } from './collect-draft'
import type { IdFiles } from './use-id-files'

const icons = { file: FileText, selection: ListChecks, members: UsersRound }

type CollectListsProps = { lists: readonly IdList[]; files: IdFiles; onLists(lists: IdList[]): void }

/** The lists beside the text: files, and what was selected elsewhere; each can be taken out again. */
export function CollectLists({ lists, files, onLists }: CollectListsProps) {
  const t = useTranslations('bulkCollect.lists')
  const chooser = useRef<HTMLInputElement>(null)
  const button = useRef<HTMLButtonElement>(null)
  function remove(list: IdList) {
    onLists(lists.filter((other) => other !== list))
    button.current?.focus()
  }
  return (
    <>
      {lists.length > 0 && (
        <ul aria-label={t('label')} className="flex flex-col gap-1.5">
          {lists.map((list, index) => {
            const Icon = icons[list.kind]
            const name = list.name || t(`kinds.${list.kind}`)
            return (
              <li
                // biome-ignore lint/suspicious/noArrayIndexKey: two lists may be the same in everything else.
                key={index}
                className="flex items-center gap-2 rounded-control border border-line bg-sunken ps-3"
              >
                <Icon aria-hidden className="size-4 shrink-0 text-muted" />
                <span className="min-w-0 flex-1 py-1.5">
                  <span className="block truncate font-medium">
                    <SafeText text={name} maxLength={80} />
                  </span>
                  <span className="block text-sm text-muted">
                    {t('entries', { count: list.entries.length })}
                    {list.column && <> · {t(`columns.${list.column}`)}</>}
                  </span>
                </span>
                <IconButton
                  label={t('remove', { name: safePlain(name, 40) })}
                  icon={<X aria-hidden className="size-4" />}
                  onClick={() => remove(list)}
                />
              </li>
            )
          })}
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
        {files.problems.map(({ name, problem }, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: shown once and never moved.
          <p key={index}>
            {t(`problems.${problem.error}`, {
              name: safePlain(name, 60),
              line: problem.error === 'unreadable' ? problem.line : 0,
              max: maxBulkFileBytes / 1_024 / 1_024,
            })}
          </p>
        ))}
      </div>
    </>
  )
}
