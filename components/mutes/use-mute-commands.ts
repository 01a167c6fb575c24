'use client'

import { useQueryClient } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { useRef, useState } from 'react'
import { serverNow } from '@/components/ui/clock'
import { dismissToast, toast } from '@/components/ui/toast-store'
import { groupQueries } from '@/lib/groups/query-options'
import {
  acceptDriftAction,
  applyMuteAction,
  liftMuteAction,
  reapplyMuteAction,
  settleMuteAction,
  undoMuteAction,
} from '@/lib/mutes/actions'
import type { PlaceKey } from '@/lib/mutes/place-schemas'
import { muteQueries } from '@/lib/mutes/query-options'
import type { ApplyMuteInput, LiftMuteInput, MuteCommandDto, MuteStateDto } from '@/lib/mutes/schemas'
import { answerOf, encodePath } from '@/lib/read'
import type { ActionError, ActionResult } from '@/lib/result'
import { toldChanges } from './role-model'
import { placesOf } from './state-kind'
import type { MuteSubject } from './subject'
import { createTurns } from './turns'
import { endArgs, useEndWords } from './words'

/** How long the notification offers to undo; the history offers it for good. */
const undoOfferMs = 15_000

/** A command that the composer sends, with the key that makes a second sending of it the same command. */
export type SentCommand = { kind: 'mute'; input: ApplyMuteInput } | { kind: 'lift'; input: LiftMuteInput }

/** A mute that somebody decides about, as it was seen. */
type SeenState = Pick<MuteStateDto, 'scope' | 'version'>

type Busy = { what: 'undo' | 'drift' | 'settle'; id: string }

/**
 * What can be done about the mutes of one account, or of a member or everybody in a group. Every answer of the server
 * is told in a notification or given back to the caller, and everything shown is read anew. Nothing is shown as done
 * before the server said so.
 */
export function useMuteCommands({ place, name, isUntold }: Pick<MuteSubject, 'place' | 'name' | 'isUntold'>) {
  const t = useTranslations('mutes')
  const errors = useTranslations('errors')
  const words = useEndWords()
  const queryClient = useQueryClient()
  const [busy, setBusy] = useState<Busy | null>(null)
  const own = useRef(new Set<string>())
  const offered = useRef<number | null>(null)
  const [turns] = useState(createTurns)
  const short = (at: number) => words.short(at, serverNow() ?? at)

  async function refresh() {
    // What holds for everybody in a group is told with the group, and with each of its members.
    const keys = place.userId
      ? [muteQueries.account(accountOf(place)), muteQueries.searches(), muteQueries.groupMembers()]
      : [muteQueries.all(), groupQueries.all()]
    await Promise.all(keys.map((queryKey) => queryClient.invalidateQueries({ queryKey })))
  }

  /** Sends what the composer holds. The command's own outcome, also a failed one, is in the result's data. */
  async function send(command: SentCommand): Promise<ActionResult<MuteCommandDto>> {
    const result = await answerOf(() =>
      command.kind === 'mute' ? applyMuteAction(command.input) : liftMuteAction(command.input),
    )
    if (result.ok) {
      own.current.add(result.data.id)
      if (result.data.status === 'applied') offerUndo(result.data, doneTitle(result.data))
      else if (result.data.status !== 'rejected') tellUnknown()
    }
    await refresh()
    return result
  }

  function doneTitle({ kind, ...command }: MuteCommandDto): string {
    const changes = toldChanges(command.changes)
    if (kind === 'reapply') return t('done.reapplied', { name })
    if (kind === 'lift')
      return t('done.lifted', { name, places: placesOf(changes.map(({ scope }) => scope)) })
    return t('done.muted', {
      name,
      ...endArgs(changes.find(({ after }) => after !== null)?.after ?? null, short),
    })
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
        own.current.add(result.data.id)
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

  /** For commands without a composer to show their outcome in. */
  function tellOutcome(command: MuteCommandDto, title: string, description?: string) {
    if (command.status === 'applied') toast({ title, ...(description && { description }), tone: 'success' })
    else if (command.status === 'rejected')
      toast({
        title: t('done.rejectedTitle', { name }),
        tone: 'danger',
        link: { label: t('done.view'), href: commandHref(command) },
      })
    else tellUnknown()
  }

  function tellUnknown() {
    toast({ title: t('done.unknownTitle', { name }), description: t('done.unknownText'), tone: 'warning' })
  }

  async function accept(state: SeenState) {
    await whileBusy({ what: 'drift', id: state.scope }, async () => {
      const { scope, version } = state
      const result = await answerOf(() => acceptDriftAction({ ...place, scope, version }))
      toast(
        result.ok
          ? { title: t('drift.accepted'), tone: 'success' }
          : { title: errors(`${result.error.code}.title`), tone: 'danger' },
      )
      await refresh()
    })
  }

  async function reapply(state: SeenState) {
    await whileBusy({ what: 'drift', id: state.scope }, async () => {
      const { scope, version } = state
      const result = await answerOf(() =>
        reapplyMuteAction({
          ...place,
          scope,
          basis: { [scope]: version },
          idempotencyKey: crypto.randomUUID(),
        }),
      )
      if (result.ok) {
        own.current.add(result.data.id)
        tellOutcome(result.data, doneTitle(result.data))
      } else toast({ title: errors(`${result.error.code}.title`), tone: 'danger' })
      await refresh()
    })
  }

  async function settle(commandId: string) {
    await whileBusy({ what: 'settle', id: commandId }, async () => {
      const result = await answerOf(() => settleMuteAction({ commandId }))
      if (!result.ok) toast({ title: errors(`${result.error.code}.title`), tone: 'danger' })
      else if (result.data.status === 'unknown') toast({ title: t('pending.stillUnknown'), tone: 'warning' })
      await refresh()
    })
  }

  async function whileBusy(what: Busy, work: () => Promise<void>) {
    // What is pressed while another command is under way must not get lost: its place on the page looks free.
    await turns.take(`${what.what}/${what.id}`, async () => {
      setBusy(what)
      await work().finally(() => setBusy(null))
    })
  }

  return {
    send,
    undo,
    accept,
    reapply,
    settle,
    refresh,
    busy,
    /** whether this page itself gave the command: its outcome was told already */
    isOwn: (commandId: string) => own.current.has(commandId),
  }
}

export type MuteCommands = ReturnType<typeof useMuteCommands>

/** Where a command stands in its account's history. */
function commandHref({ connection, userId, groupId, id }: MuteCommandDto): string {
  const page =
    userId === '' && groupId !== null
      ? `/groups${encodePath(connection, groupId)}`
      : `/accounts${encodePath(connection, userId)}`
  return `${page}#${commandAnchor(id)}`
}

/** The id of a command's line in the history. */
export function commandAnchor(commandId: string): string {
  return `command-${commandId}`
}

function accountOf({ connection, userId = '' }: PlaceKey) {
  return { connection, userId }
}
