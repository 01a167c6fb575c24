'use client'

import { useTranslations } from 'next-intl'
import { type FormEvent, useEffect, useRef, useState } from 'react'
import { ActionErrorPanel } from '@/components/mutes/action-error-panel'
import { Button } from '@/components/ui/button'
import { Field, IdInput, Input, Select } from '@/components/ui/field'
import { safePlain } from '@/components/ui/safe-text'
import { toast } from '@/components/ui/toast-store'
import { linkAccountsAction } from '@/lib/accounts/actions'
import { maxLinked, maxLinkReasonLength, userIdError } from '@/lib/accounts/rules'
import type { AccountKey } from '@/lib/accounts/schemas'
import type { FieldErrorCode } from '@/lib/errors'
import { answerOf } from '@/lib/read'
import type { ActionError } from '@/lib/result'

type LinkFormProps = {
  account: AccountKey
  connections: readonly { key: string; name: string }[]
  onLinked(): Promise<void>
}

/** Says that another account is the same person's, and how one knows. What was typed stays when it is refused. */
export function LinkForm({ account, connections, onLinked }: LinkFormProps) {
  const t = useTranslations('reports.linked')
  const fieldErrors = useTranslations('fieldErrors')
  const form = useRef<HTMLFormElement>(null)
  const [other, setOther] = useState({ connection: account.connection, userId: '' })
  const [reason, setReason] = useState('')
  const [isBusy, setBusy] = useState(false)
  const [error, setError] = useState<ActionError>()
  // Of a dialog that is longer than the screen the browser takes the part that scrolls.
  useEffect(() => form.current?.querySelector('input')?.focus(), [])
  const fields = error?.fields ?? {}
  const id = safePlain(other.userId, 40)

  async function submit(event: FormEvent) {
    event.preventDefault()
    if (isBusy) return
    const faults = faultsOf(other.userId, reason)
    if (faults) return refuse({ code: 'INVALID_INPUT', fields: faults, requestId: '' })
    setBusy(true)
    const result = await answerOf(() =>
      linkAccountsAction({
        ...account,
        ...{ otherConnection: other.connection, otherUserId: other.userId, reason },
      }),
    )
    setBusy(false)
    if (!result.ok) return refuse(result.error)
    setError(undefined)
    setOther({ ...other, userId: '' })
    setReason('')
    toast({ tone: 'success', title: t('linked', { id }) })
    form.current?.querySelector('input')?.focus()
    await onLinked()
  }

  function refuse(why: ActionError) {
    setError(why)
    requestAnimationFrame(() => form.current?.querySelector<HTMLElement>('[aria-invalid=true]')?.focus())
  }

  function wordOf(code: FieldErrorCode | undefined): string | undefined {
    if (code === 'already_so') return t('already')
    if (code === 'too_many') return t('tooMany', { max: maxLinked })
    return code && fieldErrors(code)
  }

  return (
    <form ref={form} noValidate onSubmit={submit} aria-label={t('add')} className="flex flex-col gap-3 pt-1">
      <div className="grid gap-3 sm:grid-cols-2">
        <Field label={t('userId')} isRequired error={wordOf(fields.otherUserId)}>
          <IdInput
            value={other.userId}
            dir="ltr"
            onChange={({ target }) => setOther({ ...other, userId: target.value })}
          />
        </Field>
        {connections.length > 1 && (
          <Field label={t('connection')} error={wordOf(fields.otherConnection)}>
            <Select
              value={other.connection}
              onChange={({ target }) => setOther({ ...other, connection: target.value })}
            >
              {connections.map(({ key, name }) => (
                <option key={key} value={key}>
                  {name}
                </option>
              ))}
            </Select>
          </Field>
        )}
      </div>
      <Field
        label={t('reason')}
        isRequired
        hint={t('reasonHint', { left: maxLinkReasonLength - reason.length })}
        error={wordOf(fields.reason)}
      >
        <Input
          value={reason}
          dir="auto"
          autoComplete="off"
          maxLength={maxLinkReasonLength}
          onChange={({ target }) => setReason(target.value)}
        />
      </Field>
      {error && !(fields.otherUserId || fields.otherConnection || fields.reason) && (
        <ActionErrorPanel error={error} />
      )}
      <Button type="submit" variant="primary" isBusy={isBusy} className="self-start">
        {t('link')}
      </Button>
    </form>
  )
}

/** What keeps the form from being sent. */
function faultsOf(userId: string, reason: string): Record<string, FieldErrorCode> | null {
  const wrongId = userIdError(userId)
  const faults = {
    ...(wrongId && { otherUserId: wrongId }),
    ...(reason.trim() === '' && { reason: 'required' as const }),
  }
  return Object.keys(faults).length > 0 ? faults : null
}
