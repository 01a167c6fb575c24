'use client'

import { X } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { type FormEvent, useEffect, useId, useRef, useState } from 'react'
import { useShortcut } from '@/components/shell/shortcuts'
import { Button, IconButton } from '@/components/ui/button'
import { RadioChips } from '@/components/ui/choice'
import type { Actor } from '@/lib/auth/actor'
import { hasPermission } from '@/lib/auth/roles'
import type { MutePreset } from '@/lib/settings/rules'
import { ChangesPreview } from './changes-preview'
import { blockOf, hasPreview } from './composer-block'
import { ComposerDialogs } from './composer-dialogs'
import { type ComposerMode, composerModes } from './composer-form'
import { chosenScopes, isWorthKeeping, scopeChoices } from './composer-model'
import { ComposerOutcomePanel } from './composer-outcome'
import { EndFields } from './end-fields'
import { ReasonFields } from './reason-fields'
import { RoleFields } from './role-fields'
import { isEitherOr, mutedRoles } from './role-model'
import { type ComposerProps, useComposer } from './use-composer'
import { useComposerWords } from './use-composer-words'

type Props = ComposerProps & {
  actor: Pick<Actor, 'role'>
  presets: readonly MutePreset[]
  onMode(mode: ComposerMode): void
  /** closed without sending; what was typed may be thrown away */
  onClose(): void
}

/** The form that mutes, changes and lifts. It says in words what will hold before it is sent. */
export function Composer(props: Props) {
  const { subject, matrix, actor, mode, form, presets, onClose } = props
  const t = useTranslations('mutes')
  const common = useTranslations('common.actions')
  const fieldErrors = useTranslations('fieldErrors')
  const composer = useComposer(props)
  const words = useComposerWords(subject.name, mode, composer)
  const { fields, change, now } = composer
  const [dialog, setDialog] = useState<'discard' | 'forever' | null>(null)
  const formRef = useRef<HTMLFormElement>(null)
  const id = useId()
  const { name } = subject

  const canLift = composer.isLiftable && hasPermission(actor.role, 'mutes:lift')
  const block = blockOf(matrix, mode, composer)
  const error = (field: keyof typeof fields) => (fields[field] ? fieldErrors(fields[field]) : undefined)
  const choices = scopeChoices(matrix.states).map((value) => ({
    value,
    label: t(`scopes.${value}`),
    isDisabled: chosenScopes(value, mode, matrix.states, now).length === 0,
  }))

  function close() {
    if (isWorthKeeping(form)) setDialog('discard')
    else onClose()
  }

  async function send() {
    const isSent = await composer.submit()
    if (!isSent) requestAnimationFrame(focusFirstFault)
  }

  function onSubmit(event: FormEvent) {
    event.preventDefault()
    if (block) return
    const isReady = composer.category !== null && composer.text.trim() !== ''
    if (mode === 'mute' && composer.end?.kind === 'forever' && isReady) setDialog('forever')
    else void send()
  }

  function focusFirstFault() {
    const fault = formRef.current?.querySelector('[aria-invalid=true]')
    const control = fault?.matches('fieldset') ? fault.querySelector('input') : fault
    if (control instanceof HTMLElement) control.focus()
  }

  function nextScope() {
    const open = choices.filter(({ isDisabled }) => !isDisabled)
    const next = open[(open.findIndex(({ value }) => value === composer.scope) + 1) % open.length]
    if (next) change({ scope: next.value })
  }

  useShortcut({ key: 'g', label: t('shortcuts.scope'), when: matrix.states.length > 1, run: nextScope })
  useShortcut({ key: 'Escape', label: t('composer.cancel'), run: close })
  useEffect(() => {
    focusFirst(formRef.current)
    formRef.current?.scrollIntoView({ block: 'nearest' })
  }, [])
  // The choice between changing and lifting goes when nothing is left to lift, and with it the focus that it had.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the choice comes and goes with it.
  useEffect(() => {
    if (document.activeElement === document.body) focusFirst(formRef.current)
  }, [canLift])

  return (
    <>
      <form
        ref={formRef}
        aria-labelledby={`${id}-title`}
        data-account-id={subject.place.userId}
        noValidate
        onSubmit={onSubmit}
        onKeyDown={(event) => {
          if (event.key !== 'Escape' || event.nativeEvent.isComposing) return
          event.preventDefault()
          close()
        }}
        className="flex scroll-mt-16 flex-col gap-4 rounded-panel border border-line-strong bg-surface p-4"
      >
        <div className="flex items-start gap-2">
          <h2 id={`${id}-title`} className="min-w-0 flex-1 py-1 text-lg">
            {words.title}
          </h2>
          <IconButton label={common('close')} icon={<X aria-hidden className="size-4" />} onClick={close} />
        </div>
        {canLift && (
          <RadioChips
            legend={t('composer.action')}
            value={mode}
            onChange={props.onMode}
            choices={composerModes.map((value) => ({
              value,
              label: t(value === 'lift' ? 'composer.actionLift' : 'composer.actionChange'),
            }))}
          />
        )}
        {matrix.states.length > 1 && !(mode === 'lift' && isEitherOr(matrix.states)) && (
          <RadioChips
            legend={t('composer.scope')}
            value={composer.scope}
            onChange={(scope) => change({ scope })}
            choices={choices}
            error={error('scopes')}
          />
        )}
        {composer.roles && (
          <RoleFields
            group={{ connection: matrix.connection, groupId: matrix.groupId ?? '' }}
            muted={mutedRoles(matrix.states)}
            ticked={composer.ticked}
            typed={form.rolesText}
            onTicked={(roles) => change({ roles })}
            onTyped={(rolesText) => change({ rolesText })}
            error={error('roles')}
          />
        )}
        {mode === 'mute' && (
          <EndFields
            form={form}
            onChange={change}
            presets={presets}
            canMuteForever={hasPermission(actor.role, 'mutes:apply-forever')}
            limits={subject.limits}
            now={now}
            errors={{ duration: error('duration'), at: error('at'), end: error('end') }}
          />
        )}
        <ReasonFields
          categories={composer.categories}
          category={composer.category}
          text={composer.text}
          onCategory={(category) => change({ category })}
          onText={(reasonText) => change({ reasonText, isReasonEdited: true })}
          errors={{ category: error('category'), text: error('text') }}
        />
        {composer.outcome && (
          <ComposerOutcomePanel
            subject={subject}
            outcome={composer.outcome}
            now={now}
            isSending={composer.isSending}
            onRetry={() => void send()}
          />
        )}
        <div className="flex flex-col gap-2 border-t border-line pt-3">
          {words.sentence && <p className="font-medium">{words.sentence}</p>}
          {hasPreview(composer) && <ChangesPreview changes={composer.changes} now={now} />}
          {block && (
            <p id={`${id}-block`} className="text-sm text-warning-text">
              {t(`composer.${block}`)}
            </p>
          )}
          <div className="flex flex-wrap gap-2">
            <Button
              type="submit"
              variant={mode === 'mute' ? 'danger' : 'primary'}
              isBusy={composer.isSending}
              {...(block ? { 'aria-disabled': true, 'aria-describedby': `${id}-block` } : {})}
            >
              {composer.isSending ? t('composer.sending') : words.submit}
            </Button>
            <Button variant="ghost" onClick={close}>
              {t('composer.cancel')}
            </Button>
          </div>
        </div>
      </form>
      <ComposerDialogs
        dialog={dialog}
        onDialog={setDialog}
        subject={subject}
        places={composer.places}
        roles={composer.roles}
        confirmLabel={words.submit}
        onConfirm={() => void send()}
        onDiscard={onClose}
        discardText={t('composer.discardText', { name })}
      />
    </>
  )
}

function focusFirst(form: HTMLFormElement | null) {
  const first = form?.querySelector('input:enabled:checked') ?? form?.querySelector('input:enabled')
  if (first instanceof HTMLElement) first.focus({ preventScroll: true })
}
