'use client'

import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { type ChangeEvent, type FormEvent, useEffect, useRef, useState } from 'react'
import { ActionErrorPanel } from '@/components/mutes/action-error-panel'
import { Button } from '@/components/ui/button'
import { buttonClass } from '@/components/ui/button-class'
import { RadioChips } from '@/components/ui/choice'
import { Field, Input, Select, Textarea } from '@/components/ui/field'
import type { FieldErrorCode } from '@/lib/errors'
import { answerOf } from '@/lib/read'
import { fileReportAction } from '@/lib/reports/actions'
import type { FiledReportDto } from '@/lib/reports/report-schemas'
import { maxReportedMessages, maxReportTextLength } from '@/lib/reports/rules'
import type { ActionError } from '@/lib/result'
import { CategoryOptions, useCategories } from './categories'
import { LinkedParties } from './linked-parties'
import { conversations, emptyDraft, type ReportDraft, wishOf } from './new-report-draft'

type Props = {
  connections: readonly { key: string; name: string }[]
  accused: { connection: string; userId: string }
}

/** Who is accused of what, where; nothing typed is lost when the server refuses. */
export function NewReportForm({ connections, accused }: Props) {
  const t = useTranslations('reports.new')
  const { categories } = useCategories()
  const fieldErrors = useTranslations('fieldErrors')
  const [draft, setDraft] = useState<ReportDraft>(() => emptyDraft(accused))
  const [problem, setProblem] = useState<ActionError>()
  const [isChecked, setChecked] = useState(false)
  const [isBusy, setBusy] = useState(false)
  const [filed, setFiled] = useState<FiledReportDto>()
  // Who is named once a field is left: each letter would be a question of its own.
  const [named, setNamed] = useState({ accusedId: draft.accusedId, reporterId: '' })
  const done = useRef<HTMLDivElement>(null)
  const form = useRef<HTMLFormElement>(null)
  // One key for one wish: the same again after a lost answer, another when something was changed.
  const key = useRef<string>(undefined)
  // Once it is there: a frame may pass before it is drawn.
  useEffect(() => {
    if (filed) done.current?.focus()
  }, [filed])

  function change(part: Partial<ReportDraft>) {
    key.current = undefined
    setDraft((before) => ({ ...before, ...part }))
  }
  const typed = (name: keyof ReportDraft) => ({
    value: draft[name],
    onChange: ({ target }: ChangeEvent<HTMLInputElement | HTMLTextAreaElement>) =>
      change({ [name]: target.value }),
    autoComplete: 'off',
  })
  const nameParties = () => setNamed({ accusedId: draft.accusedId, reporterId: draft.reporterId })
  const errorOf = (name: string, found?: FieldErrorCode) => {
    const told = Object.entries(problem?.fields ?? {}).find(([path]) => path.split('.')[0] === name)?.[1]
    const code = (isChecked && found) || told
    return code && fieldErrors(code)
  }
  const isMissing = (value: string) => (value === '' ? ('required' as const) : undefined)

  async function submit(event: FormEvent) {
    event.preventDefault()
    setChecked(true)
    key.current ??= crypto.randomUUID()
    const wish = wishOf(draft, key.current)
    if (isBusy || !wish || draft.accusedId === '') return focusFirstError()
    setBusy(true)
    setProblem(undefined)
    const result = await answerOf(() => fileReportAction(wish))
    setBusy(false)
    if (!result.ok) {
      setProblem(result.error)
      return focusFirstError()
    }
    setFiled(result.data)
  }
  function focusFirstError() {
    requestAnimationFrame(() => {
      form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus()
    })
  }
  function again() {
    setFiled(undefined)
    setChecked(false)
    change(emptyDraft({ connection: draft.connection, userId: '' }))
  }

  if (filed) {
    return (
      <div ref={done} tabIndex={-1} role="status" className="flex flex-col gap-3">
        <p className="font-medium">
          {filed.caseNumber === null ? t('setAside') : t('filed', { number: filed.caseNumber })}
        </p>
        <p className="flex flex-wrap gap-2">
          {filed.caseId !== null && (
            <Link href={`/reports/${filed.caseId}`} prefetch={false} className={buttonClass('primary')}>
              {t('open')}
            </Link>
          )}
          <Button onClick={again}>{t('another')}</Button>
        </p>
      </div>
    )
  }
  const isAbout = draft.conversation !== 'none'
  const hasFieldErrors = Object.keys(problem?.fields ?? {}).length > 0
  return (
    <form ref={form} onSubmit={submit} noValidate className="flex flex-col gap-4">
      <Field label={t('connection')} error={errorOf('connection')}>
        <Select value={draft.connection} onChange={({ target }) => change({ connection: target.value })}>
          {connections.map(({ key: value, name }) => (
            <option key={value} value={value}>
              {name}
            </option>
          ))}
        </Select>
      </Field>
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label={t('accused')} isRequired error={errorOf('accusedId', isMissing(draft.accusedId))}>
          <Input {...typed('accusedId')} onBlur={nameParties} dir="ltr" className="font-mono" />
        </Field>
        <Field label={t('reporter')} hint={t('reporterHint')} error={errorOf('reporterId')}>
          <Input {...typed('reporterId')} onBlur={nameParties} dir="ltr" className="font-mono" />
        </Field>
      </div>
      <LinkedParties connection={draft.connection} {...named} />
      <RadioChips
        legend={t('place')}
        choices={conversations.map((value) => ({ value, label: t(`places.${value}`) }))}
        value={draft.conversation}
        onChange={(conversation) => change({ conversation })}
      />
      {draft.conversation === 'peer' && (
        <Field label={t('peer')} error={errorOf('peerId')}>
          <Input {...typed('peerId')} dir="ltr" className="font-mono" />
        </Field>
      )}
      {draft.conversation === 'group' && (
        <div className="grid gap-4 sm:grid-cols-2">
          <Field label={t('group')} error={errorOf('groupId')}>
            <Input {...typed('groupId')} dir="ltr" className="font-mono" />
          </Field>
          <Field label={t('topic')} error={errorOf('topicId')}>
            <Input {...typed('topicId')} dir="ltr" className="font-mono" />
          </Field>
        </div>
      )}
      {isAbout && (
        <Field
          label={t('messages')}
          hint={t('messagesHint', { max: maxReportedMessages })}
          error={errorOf('messageIds')}
        >
          <Textarea {...typed('messageIds')} dir="ltr" className="font-mono" />
        </Field>
      )}
      <Field label={t('category')} isRequired error={errorOf('category', isMissing(draft.category))}>
        <Select
          value={draft.category}
          onChange={({ target }) =>
            change({ category: categories.find((one) => one.category === target.value)?.category ?? '' })
          }
        >
          <option value="">{t('choose')}</option>
          <CategoryOptions />
        </Select>
      </Field>
      <Field
        label={t('text')}
        hint={t('textHint', { left: maxReportTextLength - draft.text.length })}
        error={errorOf('text')}
      >
        <Textarea {...typed('text')} dir="auto" rows={5} maxLength={maxReportTextLength} />
      </Field>
      {problem && !hasFieldErrors && <ActionErrorPanel error={problem} />}
      <div>
        <Button type="submit" variant="primary" isBusy={isBusy}>
          {isBusy ? t('sending') : t('send')}
        </Button>
      </div>
    </form>
  )
}
