'use client'

import { useTranslations } from 'next-intl'
import { type FormEvent, useId, useRef } from 'react'
import { ActionErrorPanel } from '@/components/mutes/action-error-panel'
import { Button } from '@/components/ui/button'
import { Skeleton } from '@/components/ui/skeleton'
import { useHydrated } from '@/components/ui/use-hydrated'
import { CollectAccounts } from './collect-accounts'
import { CollectCases } from './collect-cases'
import { runsOf } from './collect-ids'
import { CollectPlaceFields } from './collect-place'
import { CollectRuns } from './collect-runs'
import { CollectWish } from './collect-wish'
import { type CollectProps, useCollect } from './use-collect'
import { useCollectWords } from './use-collect-words'
import { useFileDrop } from './use-file-drop'
import { useIdFiles } from './use-id-files'

type Props = CollectProps & { canMuteForever: boolean }

/** The form that collects accounts for a bulk mute; what was put in is known to the browser alone. */
export function CollectScreen(props: Props) {
  return useHydrated() ? <CollectForm {...props} /> : <Skeleton lines={9} />
}

function CollectForm({ canMuteForever, ...props }: Props) {
  const t = useTranslations('bulkCollect')
  const collect = useCollect(props)
  const words = useCollectWords(collect)
  const files = useIdFiles(collect.addLists)
  // All of the form: a file that is let go beside its place would be opened in place of the page.
  const drop = useFileDrop((dropped) => void files.add(dropped))
  const form = useRef<HTMLFormElement>(null)
  const id = useId()
  const { draft, collected, error, isSending } = collect

  async function send() {
    const isSent = await collect.submit()
    if (!isSent) requestAnimationFrame(focusFirstFault)
  }

  function onSubmit(event: FormEvent) {
    event.preventDefault()
    void send()
  }

  function focusFirstFault() {
    const fault = form.current?.querySelector('[aria-invalid=true]')
    const control = fault?.matches('[role=radiogroup]') ? fault.querySelector('input') : fault
    if (control instanceof HTMLElement) control.focus()
  }

  if (draft.batch && draft.batch.runs.length > 1 && (isSending || draft.batch.runs.some((run) => run.bulkId)))
    return (
      <CollectRuns
        batch={draft.batch}
        error={error}
        isSending={isSending}
        onGoOn={() => void send()}
        onClear={collect.clear}
      />
    )
  const count = collected.ids.length
  return (
    <form ref={form} noValidate onSubmit={onSubmit} aria-labelledby={`${id}-title`} {...drop.handlers}>
      <h2 id={`${id}-title`} className="sr-only">
        {t('form')}
      </h2>
      <fieldset disabled={isSending} className="grid min-w-0 items-start gap-4 lg:grid-cols-2">
        <div className="flex min-w-0 flex-col gap-4">
          <CollectAccounts collect={collect} files={files} isOver={drop.isOver} />
          <CollectCases collect={collect} />
        </div>
        <div className="flex min-w-0 flex-col gap-4 rounded-panel border border-line bg-surface p-4">
          <CollectPlaceFields collect={collect} connections={props.connections} />
          <CollectWish collect={collect} canMuteForever={canMuteForever} />
        </div>
      </fieldset>
      <div className="mt-4 flex flex-col gap-3 rounded-panel border border-line bg-surface p-4">
        {error && <ActionErrorPanel error={error} />}
        {words.sentence && <p className="font-medium">{words.sentence}</p>}
        <p className="text-sm text-muted">{t('nothingYet')}</p>
        <div className="flex flex-wrap gap-2">
          <Button type="submit" variant="primary" isBusy={isSending}>
            {t('submit', { count, runs: runsOf(collected.ids).length })}
          </Button>
          <Button variant="ghost" onClick={collect.clear}>
            {t('clear')}
          </Button>
        </div>
      </div>
    </form>
  )
}
