'use client'

import { useTranslations } from 'next-intl'
import { useRef, useState } from 'react'
import { useServerNow } from '@/components/ui/clock'
import type { FieldErrorCode } from '@/lib/errors'
import { leavesOpen } from '@/lib/errors'
import { inForce, resolveEnd } from '@/lib/mutes/ends'
import type { EndInput, MuteCommandDto, MuteMatrixDto, Reason } from '@/lib/mutes/schemas'
import type { ActionError } from '@/lib/result'
import type { ComposerForm, ComposerMode } from './composer-form'
import {
  basisOf,
  type ComposerFields,
  categoriesFor,
  chosenScopes,
  endOf,
  reasonOf,
  scopeChoice,
  serverFields,
} from './composer-model'
import { commandVerb, plannedChanges } from './planned-changes'
import { isEitherOr, mutedRoles, rolesOf } from './role-model'
import { placesOf } from './state-kind'
import type { MuteSubject } from './subject'
import type { MuteCommands, SentCommand } from './use-mute-commands'
import { useEndWords } from './words'

export type ComposerProps = {
  subject: MuteSubject
  matrix: MuteMatrixDto
  mode: ComposerMode
  form: ComposerForm
  onForm(form: ComposerForm): void
  commands: MuteCommands
  /** the command was taken: done, or its outcome is being checked */
  onDone(): void
}

export type ComposerOutcome =
  | { kind: 'refused'; error: ActionError }
  | { kind: 'rejected'; command: MuteCommandDto }

/** What the form comes to by now, what is wrong with it, and its sending. */
export function useComposer(props: ComposerProps) {
  const { subject, matrix, mode, form, commands } = props
  const t = useTranslations('mutes.templates')
  const words = useEndWords()
  const now = useServerNow(matrix.serverNow)
  const [isTried, setTried] = useState(false)
  const [isSending, setSending] = useState(false)
  const [outcome, setOutcome] = useState<ComposerOutcome | null>(null)
  const [refused, setRefused] = useState<ComposerFields>({})
  const isUnderWay = useRef(false)
  const unanswered = useRef<SentCommand | null>(null)

  const scope = scopeChoice(form.scope, matrix.states, now)
  // Of two mutes that replace each other the one that holds is lifted.
  const isOneHeld = mode === 'lift' && isEitherOr(matrix.states)
  const scopes = chosenScopes(isOneHeld ? 'both' : scope, mode, matrix.states, now)
  const ticked = form.roles ?? mutedRoles(matrix.states)
  const named = rolesOf(ticked, form.rolesText)
  const roles = mode === 'mute' && scopes.includes('roles') ? named.roles : null
  const resolved = mode === 'mute' ? endOf(form, words.timeZone, now) : null
  const end = resolved?.ok ? resolved.end : null
  const after = end && resolveEnd(end, now)
  const changes =
    mode === 'lift' || after !== null ? plannedChanges(matrix.states, scopes, after, now, roles ?? []) : []
  const isMuted = matrix.states.some(({ until }) => inForce(until, now) !== null)
  const categories = categoriesFor(mode, isMuted)
  const category = form.category && categories.includes(form.category) ? form.category : null
  const text = form.isReasonEdited ? form.reasonText : template()
  const reason = reasonOf({ ...form, category, reasonText: text })
  const fields = faults()

  function template(): string {
    if (!category || category === 'other') return ''
    if (mode === 'lift') return t('liftMistake')
    return t(category, { length: end ? words.templateLength(end) : '' }).trim()
  }

  function faults(): ComposerFields {
    const found: ComposerFields = { ...refused }
    if (resolved && !resolved.ok && (isTried || resolved.error !== 'required')) {
      found[resolved.field] = resolved.error
    }
    if (isTried && !reason.ok) Object.assign(found, reason.fields)
    if (isTried && scopes.length === 0) found.scopes = 'required'
    if (roles && named.error) found.roles = named.error
    else if (isTried && roles?.length === 0) found.roles = 'required'
    return found
  }

  function commandOf(end: EndInput | null, reason: Reason): SentCommand | null {
    const target = {
      idempotencyKey: crypto.randomUUID(),
      ...subject.place,
      basis: basisOf(matrix.states, scopes),
      scopes,
      reason,
    }
    if (mode === 'lift') return { kind: 'lift', input: target }
    return end && { kind: 'mute', input: { ...target, ...(roles && { roles }), end } }
  }

  /** Sends the form, or shows what is missing. Returns false when nothing was sent because of the form. */
  async function submit(): Promise<boolean> {
    setTried(true)
    const isNamed = roles === null || (named.error === null && roles.length > 0)
    const command = reason.ok && scopes.length > 0 && isNamed ? commandOf(end, reason.reason) : null
    if (!command) return false
    if (isUnderWay.current) return true
    isUnderWay.current = true
    setSending(true)
    setOutcome(null)
    setRefused({})
    try {
      await conclude(sameAgain(unanswered.current, command) ?? command)
    } finally {
      isUnderWay.current = false
      setSending(false)
    }
    return true
  }

  async function conclude(command: SentCommand) {
    const result = await commands.send(command)
    // Only where no answer came may the command have been taken: then the very same is sent again, never a second one.
    unanswered.current = !result.ok && leavesOpen(result.error.code) ? command : null
    if (result.ok) {
      if (result.data.status === 'rejected') setOutcome({ kind: 'rejected', command: result.data })
      else props.onDone()
      return
    }
    const { error } = result
    const inForm: Record<string, FieldErrorCode> = error.code === 'INVALID_INPUT' ? (error.fields ?? {}) : {}
    const placed = serverFields(inForm, form)
    setRefused(placed)
    if (Object.keys(placed).length === 0) setOutcome({ kind: 'refused', error })
  }

  function change(next: Partial<ComposerForm>) {
    setRefused({})
    props.onForm({ ...form, ...next })
  }

  return {
    now,
    scope,
    scopes,
    roles,
    ticked,
    places: placesOf(scopes),
    end,
    changes,
    verb: commandVerb(changes),
    isMuted,
    isLiftable: chosenScopes('both', 'lift', matrix.states, now).length > 0,
    categories,
    category,
    text,
    fields,
    isSending,
    outcome,
    submit,
    change,
  }
}

export type Composer = ReturnType<typeof useComposer>

/** The command that no answer came for, if the form still asks for the same. */
function sameAgain(earlier: SentCommand | null, next: SentCommand): SentCommand | null {
  return earlier && wishOf(earlier) === wishOf(next) ? earlier : null
}

function wishOf({ kind, input }: SentCommand): string {
  return JSON.stringify({ kind, ...input, idempotencyKey: null, basis: null })
}
