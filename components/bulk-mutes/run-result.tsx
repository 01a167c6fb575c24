'use client'

import { useQuery } from '@tanstack/react-query'
import { Copy, Download, Printer, RotateCcw, Undo2 } from 'lucide-react'
import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { useShortcut } from '@/components/shell/shortcuts'
import { useLastUndo } from '@/components/shell/undo-key'
import { Button } from '@/components/ui/button'
import { buttonClass } from '@/components/ui/button-class'
import { toast } from '@/components/ui/toast-store'
import { bulkMuteQueries } from '@/lib/bulk-mutes/query-options'
import type { BulkMuteDto } from '@/lib/bulk-mutes/schemas'
import { choiceOf, idLines, itemName, itemsVersion, partOf, type RunRights } from './run-model'
import type { RunCommands } from './use-run-commands'

type RunResultProps = {
  run: BulkMuteDto
  rights: RunRights
  commands: RunCommands
  chosen: ReadonlySet<string>
}

/** What became of a run, and what can be done about it: send the failed again, take them along, undo. */
export function RunResult({ run, rights, commands, chosen }: RunResultProps) {
  const t = useTranslations('bulkMutes')
  const { data } = useQuery(bulkMuteQueries.items(run.id, itemsVersion(run)))
  const { applied, rejected, skipped, unknown, sending } = run.states
  const those = (state: 'rejected' | 'applied') => (data?.items ?? []).filter((item) => item.state === state)
  const chosenOf = (state: 'rejected' | 'applied') =>
    those(state)
      .filter((item) => chosen.has(choiceOf(item)))
      .map(itemName)
  const [chosenFailed, chosenDone] = [chosenOf('rejected'), chosenOf('applied')]
  const file = `/api/bulk-mutes/${run.id}/export`
  const icon = 'size-4'

  const undoLabel =
    chosenDone.length > 0
      ? t('commands.undoChosen', { count: chosenDone.length })
      : t('commands.undo', { count: applied })
  const undo = () => void commands.undo(partOf(run, chosenDone))
  // Nothing is sent yet: it leads to a preview, like the button.
  const isFree = useLastUndo() === null && commands.busy === null
  useShortcut({ key: 'mod+z', label: undoLabel, when: rights.undo && isFree, run: undo })

  async function copyFailed() {
    const ids = those('rejected').map(itemName)
    try {
      await navigator.clipboard.writeText(idLines(ids))
      toast({ title: t('result.copied', { count: ids.length }), tone: 'success' })
    } catch {
      toast({ title: t('result.notCopied'), tone: 'danger' })
    }
  }

  return (
    <section className="flex flex-col gap-3 rounded-panel border border-line bg-surface p-3">
      <p role="status" className="text-lg font-semibold tabular-nums">
        {[
          t('progress.applied', { count: applied }),
          ...(rejected > 0 ? [t('progress.rejected', { count: rejected })] : []),
          ...(unknown + sending > 0 ? [t('progress.unknown', { count: unknown + sending })] : []),
          ...(skipped > 0 ? [t('progress.skipped', { count: skipped })] : []),
        ].join(' · ')}
      </p>
      {unknown + sending > 0 && !run.isConnectionGone && <p className="text-muted">{t('result.settling')}</p>}
      <div className="flex flex-wrap gap-2">
        {rights.retry && (
          <Button
            variant="primary"
            icon={<RotateCcw aria-hidden className={icon} />}
            isBusy={commands.busy === 'retry'}
            onClick={() => void commands.retry(partOf(run, chosenFailed))}
          >
            {chosenFailed.length > 0
              ? t('commands.retryChosen', { count: chosenFailed.length })
              : t('commands.retry', { count: run.retryable })}
          </Button>
        )}
        {rights.undo && (
          <Button
            icon={<Undo2 aria-hidden className={icon} />}
            isBusy={commands.busy === 'undo'}
            onClick={undo}
          >
            {undoLabel}
          </Button>
        )}
        {rejected > 0 && (
          <>
            <Button icon={<Copy aria-hidden className={icon} />} onClick={copyFailed}>
              {t('result.copy')}
            </Button>
            <a href={`${file}?only=failed`} download className={buttonClass()}>
              <Download aria-hidden className={icon} />
              {t('result.fileOfFailed')}
            </a>
          </>
        )}
        <a href={file} download className={buttonClass()}>
          <Download aria-hidden className={icon} />
          {t('result.fileOfAll')}
        </a>
        <Link href={`/bulk-mutes/${run.id}/report`} prefetch={false} className={buttonClass()}>
          <Printer aria-hidden className={icon} />
          {t('result.report')}
        </Link>
      </div>
      {(rights.retry || rights.undo) && <p className="text-sm text-muted">{t('result.chooseHint')}</p>}
    </section>
  )
}
