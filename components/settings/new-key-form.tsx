'use client'

import { useRouter } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { type FormEvent, useId, useRef, useState } from 'react'
import { ActionErrorPanel } from '@/components/mutes/action-error-panel'
import { Button } from '@/components/ui/button'
import { Checkbox } from '@/components/ui/choice'
import { CopyButton } from '@/components/ui/copy-button'
import { Field, FieldError, Input, Select } from '@/components/ui/field'
import { safePlain } from '@/components/ui/safe-text'
import { addApiKeyAction } from '@/lib/auth/actions'
import type { NewApiKeyDto } from '@/lib/auth/api-key-schemas'
import { type ApiScope, apiScopes } from '@/lib/auth/roles'
import { answerOf } from '@/lib/read'
import type { ActionError } from '@/lib/result'

const scopeWords = {
  'bulk-mutes:read': 'readBulkMutes',
  'bulk-mutes:write': 'writeBulkMutes',
  'reports:read': 'readReports',
  'reports:write': 'writeReports',
} as const satisfies Record<ApiScope, string>

/** In whose name a key can act. */
export type KeyHolder = { name: string; email: string }

/** Makes an API key and shows its secret, once: it is gone with the page. */
export function NewKeyForm({ holders }: { holders: readonly KeyHolder[] }) {
  const t = useTranslations('settings.keys')
  const fieldErrors = useTranslations('fieldErrors')
  const router = useRouter()
  const id = useId()
  const made = useRef<HTMLDivElement>(null)
  const [name, setName] = useState('')
  const [email, setEmail] = useState(holders[0]?.email ?? '')
  const [scopes, setScopes] = useState<readonly ApiScope[]>(apiScopes)
  const [isChecked, setChecked] = useState(false)
  const [isBusy, setBusy] = useState(false)
  const [problem, setProblem] = useState<ActionError>()
  const [key, setKey] = useState<NewApiKeyDto>()

  async function submit(event: FormEvent) {
    event.preventDefault()
    setChecked(true)
    if (isBusy || name.trim() === '' || scopes.length === 0) return
    setBusy(true)
    setProblem(undefined)
    const result = await answerOf(() => addApiKeyAction({ name, email, scopes: [...scopes] }))
    setBusy(false)
    if (!result.ok) return setProblem(result.error)
    setKey(result.data)
    setName('')
    setChecked(false)
    requestAnimationFrame(() => made.current?.focus())
    router.refresh()
  }
  function toggle(scope: ApiScope) {
    setScopes(apiScopes.filter((other) => (other === scope) !== scopes.includes(other)))
  }

  return (
    <form onSubmit={submit} noValidate className="flex flex-col gap-4">
      <Field
        label={t('name')}
        hint={t('nameHint')}
        error={isChecked && name.trim() === '' ? fieldErrors('required') : undefined}
      >
        <Input
          value={name}
          onChange={(event) => setName(event.target.value)}
          maxLength={80}
          autoComplete="off"
        />
      </Field>
      <Field label={t('moderator')}>
        <Select value={email} onChange={(event) => setEmail(event.target.value)}>
          {holders.map((holder) => (
            <option key={holder.email} value={holder.email}>
              {`${safePlain(holder.name)} (${holder.email})`}
            </option>
          ))}
        </Select>
      </Field>
      <fieldset className="flex flex-col gap-1" aria-describedby={`${id}-scopes`}>
        <legend className="mb-1 font-medium">{t('scopes')}</legend>
        {apiScopes.map((scope) => (
          <Checkbox
            key={scope}
            label={t(scopeWords[scope])}
            checked={scopes.includes(scope)}
            onChange={() => toggle(scope)}
          />
        ))}
        <FieldError id={`${id}-scopes`} error={isChecked && scopes.length === 0 ? t('noScope') : undefined} />
      </fieldset>
      {problem && <ActionErrorPanel error={problem} />}
      <div>
        <Button type="submit" variant="primary" isBusy={isBusy}>
          {isBusy ? t('creating') : t('create')}
        </Button>
      </div>
      {key && (
        <div ref={made} tabIndex={-1} role="status" className="flex flex-col gap-1">
          <p className="font-medium">{t('created')}</p>
          <p className="flex items-center gap-1 rounded-control border border-line bg-sunken ps-3">
            <code className="min-w-0 flex-1 py-1 break-all">{key.secret}</code>
            <CopyButton text={key.secret} what={t('secret')} />
          </p>
        </div>
      )}
    </form>
  )
}
