'use client'

import { useTranslations } from 'next-intl'
import { useRef } from 'react'
import { dismissToast, toast } from '@/components/ui/toast-store'
import { applyMuteAction, liftMuteAction, undoMuteAction } from '@/lib/mutes/actions'
import type { ApplyMuteInput, LiftMuteInput, MuteCommandDto } from '@/lib/mutes/schemas'
import { answerOf } from '@/lib/read'
import type { ActionError, ActionResult } from '@/lib/result'
import { commandHref } from './command-href'
import { toldChanges } from './role-model'
import type { MuteSubject } from './subject'
import { useMuteChecks } from './use-mute-checks'
import { useToldWords } from './use-told-words'

/** How long the notification offers to undo; the history offers it for good. */
const undoOfferMs = 15_000

/** A command that the composer sends, with the key that makes a second sending of it the same command. */
export type SentCommand = { kind: 'mute'; input: ApplyMuteInput } | { kind: 'lift'; input: LiftMuteInput }

/**
 * What can be done about the mutes of one account, or of a member or everybody in a group. Every answer of the server
 * is told in a notification or given back to the caller, and everything shown is read anew. Nothing is shown as done
 * before the server said so.
 */
export function useMuteCommands(subject: Pick<MuteSubject, 'place' | 'name' | 'isUntold'>) {
  const { name, isUntold } = subject
  const t = useTranslations('mutes')
  const errors = useTranslations('errors')
  const checks = useMuteChecks(subject)
  const { refresh, whileBusy, noteOwn } = checks
  const { short, doneTitle, tellOutcome, tellUnknown } = useToldWords(name)
  const offered = useRef<number | null>(null)

  /** Sends what the composer holds. The command's own outcome, also a failed one, is in the result's data. */
  async function send(command: SentCommand): Promise<ActionResult<MuteCommandDto>> {
    const result = await answerOf(() =>
      command.kind === 'mute' ? applyMuteAction(command.input) : liftMuteAction(command.input),
    )
    if (result.ok) {
      noteOwn(result.data.id)
      if (result.data.status === 'applied') offerUndo(result.data, doneTitle(result.data))
      else if (result.data.status !== 'rejected') tellUnknown()
    }
    await refresh()
    return result
  }

  function offerUndo(command: MuteCommandDto, title: string) {
    const unverified = isUntold ? 'done.untold' : 'done.unverified'
    // The notification outlives this page, and so does the way back.
    offered.current = toast({
      title,
      description: t(command.verifiedAt === null ? unverified : 'done.verified'),
      tone: 'success',
      durationMs: undoOfferMs,
      link: { label: t('done.view'), href: commandHref(command) },
      action: {
        label: t('done.undo'),
        altText: t('done.undoAlt'),
        undoLabel: t('shortcuts.undo'),
        onSelect: () => undo(command.id),
      },
    })
  }

  async function undo(commandId: string) {
    if (offered.current !== null) dismissToast(offered.current)
    await whileBusy({ what: 'undo', id: commandId }, async () => {
      const result = await answerOf(() => undoMuteAction({ idempotencyKey: crypto.randomUUID(), commandId }))
      if (result.ok) {
        noteOwn(result.data.id)
        tellOutcome(result.data, undoneTitle(result.data), name)
      } else toast({ title: notUndone(result.error), description: name, tone: 'danger' })
      await refresh()
    })
  }

  function undoneTitle({ changes }: MuteCommandDto): string {
    const [first, ...others] = toldChanges(changes).map(({ after }) => after)
    if (others.some((after) => after !== first)) return t('undone.mixed')
    if (first === 'forever') return t('undone.forever')
    return typeof first === 'number' ? t('undone.until', { time: short(first) }) : t('undone.none')
  }

  function notUndone({ code, details }: ActionError): string {
    const { by, at } = details ?? {}
    return by && at !== undefined
      ? t('undone.changedBy', { name: by, time: short(at) })
      : t('undone.other', { reason: errors(`${code}.title`) })
  }

  return { ...checks, send, undo }
}

export type MuteCommands = ReturnType<typeof useMuteCommands>
