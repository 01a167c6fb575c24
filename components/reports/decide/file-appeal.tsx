'use client'

import { useQueryClient } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { useRef, useState } from 'react'
import { ActionErrorPanel } from '@/components/mutes/action-error-panel'
import { Button } from '@/components/ui/button'
import { Field, Textarea } from '@/components/ui/field'
import { answerOf } from '@/lib/read'
import { fileAppealAction } from '@/lib/reports/actions'
import type { DecisionDto } from '@/lib/reports/decision-dtos'
import { reportsKey } from '@/lib/reports/inquiry-query'
import { maxReportTextLength } from '@/lib/reports/rules'
import type { ActionError } from '@/lib/result'

type FileAppealProps = { decision: DecisionDto; connection: string; accusedId: string }

/** Writes down what the accused says against a decision by another way than the app. */
export function FileAppeal({ decision, connection, accusedId }: FileAppealProps) {
  const t = useTranslations('reports.appeal')
  const fieldErrors = useTranslations('fieldErrors')
  const queries = useQueryClient()
  const router = useRouter()
  const [text, setText] = useState('')
  const [isTried, setTried] = useState(false)
  const [isBusy, setBusy] = useState(false)
  const [error, setError] = useState<ActionError>()
  const sent = useRef<{ text: string; key: string }>(undefined)

  async function submit() {
    setTried(true)
    if (isBusy || text.trim() === '') return
    if (sent.current?.text !== text) sent.current = { text, key: crypto.randomUUID() }
    const { key } = sent.current
    setBusy(true)
    const result = await answerOf(() =>
      fileAppealAction({
        idempotencyKey: key,
        connection,
        userId: accusedId,
        decisionId: decision.id,
        text,
      }),
    )
    setBusy(false)
    setError(result.ok ? undefined : result.error)
    await queries.invalidateQueries({ queryKey: reportsKey })
    router.refresh()
  }

  return (
    <details>
      <summary className="cursor-pointer text-accent-text">{t('file')}</summary>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          void submit()
        }}
        className="mt-2 flex flex-col gap-2"
      >
        <Field
          label={t('theirText')}
          error={isTried && text.trim() === '' ? fieldErrors('required') : undefined}
        >
          <Textarea
            value={text}
            maxLength={maxReportTextLength}
            onChange={(event) => setText(event.target.value)}
          />
        </Field>
        {error && <ActionErrorPanel error={error} />}
        <Button type="submit" isBusy={isBusy} className="self-start">
          {t('hand')}
        </Button>
      </form>
    </details>
  )
}
