'use client'

import { useQuery } from '@tanstack/react-query'
import { X } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { type FormEvent, useEffect, useId, useRef } from 'react'
import { ActionErrorPanel } from '@/components/mutes/action-error-panel'
import type { ComposerForm, ComposerMode } from '@/components/mutes/composer-form'
import { EndFields } from '@/components/mutes/end-fields'
import { ReasonFields } from '@/components/mutes/reason-fields'
import { endArgs, useEndWords } from '@/components/mutes/words'
import { useShortcut } from '@/components/shell/shortcuts'
import { Button, IconButton } from '@/components/ui/button'
import { Checkbox } from '@/components/ui/choice'
import { remainingAt } from '@/components/ui/remaining'
import { safePlain } from '@/components/ui/safe-text'
import { Skeleton } from '@/components/ui/skeleton'
import { useRemainingFormat } from '@/components/ui/time'
import type { AccountKey } from '@/lib/accounts/schemas'
import type { Actor } from '@/lib/auth/actor'
import { hasPermission } from '@/lib/auth/roles'
import { resolveEnd } from '@/lib/mutes/ends'
import type { AccountGroupsDto } from '@/lib/mutes/joined-schemas'
import { muteQueries } from '@/lib/mutes/query-options'
import type { MutePreset } from '@/lib/settings/rules'
import { useEveryGroup } from './use-every-group'

type EveryGroupProps = {
  account: AccountKey
  actor: Pick<Actor, 'role'>
  presets: readonly MutePreset[]
  mode: ComposerMode
  form: ComposerForm
  onForm(form: ComposerForm): void
  /** closed; what was typed is kept */
  onClose(): void
}

/** The form that mutes one account, or lifts its mutes, in each group that it is in now; what follows is the preview. */
export function EveryGroup(props: EveryGroupProps) {
  const t = useTranslations('bulkCollect.everyGroup')
  const { data } = useQuery(muteQueries.joined(props.account))
  if (!data) return <Skeleton lines={9} />
  if (data.groups.length > 0) return <EveryGroupForm {...props} joined={data} />
  return <p className="rounded-panel border border-line bg-surface p-4 text-warning-text">{t('none')}</p>
}

function EveryGroupForm(props: EveryGroupProps & { joined: AccountGroupsDto }) {
  const { account, actor, presets, mode, onForm, onClose, joined } = props
  const t = useTranslations('bulkCollect')
  const mutes = useTranslations('mutes.composer')
  const common = useTranslations('common.actions')
  const fieldErrors = useTranslations('fieldErrors')
  const { short } = useEndWords()
  const remaining = useRemainingFormat()
  const every = useEveryGroup({ ...props, serverNow: joined.serverNow })
  const { form, fields, now, end } = every
  const formRef = useRef<HTMLFormElement>(null)
  const id = useId()
  const count = joined.groups.length
  const name = safePlain(account.userId, 40)
  const error = (field: keyof typeof fields) => (fields[field] ? fieldErrors(fields[field]) : undefined)

  function sentence(): string | null {
    if (!end) return null
    const until = resolveEnd(end, now)
    const rest = remaining(remainingAt(until, now))
    return t('everyGroup.sentence', { name, count, rest, ...endArgs(until, (at) => short(at, now)) })
  }

  async function onSubmit(event: FormEvent) {
    event.preventDefault()
    const isSent = await every.submit()
    if (!isSent) requestAnimationFrame(focusFirstFault)
  }

  function focusFirstFault() {
    const fault = formRef.current?.querySelector('[aria-invalid=true]')
    const control = fault?.matches('[role=radiogroup]') ? fault.querySelector('input') : fault
    if (control instanceof HTMLElement) control.focus()
  }

  useShortcut({ key: 'Escape', label: mutes('cancel'), run: onClose })
  // biome-ignore lint/correctness/useExhaustiveDependencies: a form for something else begins anew.
  useEffect(() => {
    const first = formRef.current?.querySelector('input:checked') ?? formRef.current?.querySelector('input')
    if (first instanceof HTMLElement) first.focus({ preventScroll: true })
    formRef.current?.scrollIntoView({ block: 'nearest' })
  }, [mode])

  return (
    <form
      ref={formRef}
      aria-labelledby={`${id}-title`}
      data-account-id={account.userId}
      noValidate
      onSubmit={onSubmit}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || event.nativeEvent.isComposing) return
        event.preventDefault()
        onClose()
      }}
      className="flex scroll-mt-16 flex-col gap-4 rounded-panel border border-line-strong bg-surface p-4"
    >
      <div className="flex items-start gap-2">
        <h2 id={`${id}-title`} className="min-w-0 flex-1 py-1 text-lg wrap-anywhere">
          {t(`everyGroup.${mode}Title`, { name })}
        </h2>
        <IconButton label={common('close')} icon={<X aria-hidden className="size-4" />} onClick={onClose} />
      </div>
      <p className="text-muted">
        {t(mode === 'lift' ? 'everyGroup.onlyOneLift' : 'everyGroup.onlyOne', { count })}
        {joined.hasMore && ` ${t('everyGroup.more', { count })}`}
      </p>
      {mode === 'mute' && (
        <>
          <EndFields
            form={form}
            onChange={onForm}
            presets={presets}
            canMuteForever={hasPermission(actor.role, 'mutes:apply-forever')}
            limits={joined.maxSeconds === null ? undefined : { maxSeconds: joined.maxSeconds, hasEnds: true }}
            now={now}
            errors={{ duration: error('duration'), at: error('at'), end: error('end') }}
          />
          <Checkbox
            label={t('mayShorten')}
            checked={every.mayShorten}
            onChange={(event) => every.setMayShorten(event.target.checked)}
          />
        </>
      )}
      <ReasonFields
        categories={every.categories}
        category={form.category}
        text={form.reasonText}
        onCategory={(category) => onForm({ ...props.form, category })}
        onText={(reasonText) => onForm({ ...props.form, reasonText, isReasonEdited: true })}
        errors={{ category: error('category'), text: error('text') }}
      />
      {every.error && <ActionErrorPanel error={every.error} />}
      <div className="flex flex-col gap-2 border-t border-line pt-3">
        {mode === 'mute' && <p className="font-medium wrap-anywhere">{sentence()}</p>}
        <p className="text-sm text-muted">{t('everyGroup.nothingYet')}</p>
        <div className="flex flex-wrap gap-2">
          <Button type="submit" variant="primary" isBusy={every.isSending}>
            {t('everyGroup.submit', { count })}
          </Button>
          <Button variant="ghost" onClick={onClose}>
            {mutes('cancel')}
          </Button>
        </div>
      </div>
    </form>
  )
}
