'use client'

import { useTranslations } from 'next-intl'
import { type FormEvent, useState } from 'react'
import { Button } from '@/components/ui/button'
import { Field, Input } from '@/components/ui/field'
import { maxUserIdBytes, userIdError } from '@/lib/accounts/rules'
import type { FieldErrorCode } from '@/lib/errors'

type MemberFinderProps = { selected: string | null; onSelect(userId: string | null): void }

/** Goes to a member by id, without looking for them in the list; and back to the group as a whole. */
export function MemberFinder({ selected, onSelect }: MemberFinderProps) {
  const t = useTranslations('groups.finder')
  const fieldErrors = useTranslations('fieldErrors')
  const [text, setText] = useState('')
  const [error, setError] = useState<FieldErrorCode | null>(null)
  function onSubmit(event: FormEvent) {
    event.preventDefault()
    const found = userIdError(text)
    setError(found)
    if (!found) onSelect(text)
  }
  return (
    <form onSubmit={onSubmit} noValidate className="flex w-full flex-wrap items-end gap-2">
      <Field label={t('label')} error={error ? fieldErrors(error) : undefined} className="min-w-52 flex-1">
        <Input
          value={text}
          onChange={(event) => setText(event.target.value)}
          maxLength={maxUserIdBytes * 2}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          className="font-mono"
        />
      </Field>
      <Button type="submit">{t('open')}</Button>
      {selected !== null && (
        <Button variant="ghost" onClick={() => onSelect(null)}>
          {t('everybody')}
        </Button>
      )}
    </form>
  )
}
