'use client'

import { useQueryClient } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { useFormatter, useTranslations } from 'next-intl'
import { useState } from 'react'
import { ActionErrorPanel } from '@/components/mutes/action-error-panel'
import { useShortcut } from '@/components/shell/shortcuts'
import { useLastUndo } from '@/components/shell/undo-key'
import { Button } from '@/components/ui/button'
import { useServerNow } from '@/components/ui/clock'
import { ErrorPanel } from '@/components/ui/error-panel'
import { safePlain } from '@/components/ui/safe-text'
import { useInstantFormat } from '@/components/ui/time'
import { answerOf } from '@/lib/read'
import { undoDecisionAction } from '@/lib/reports/actions'
import type { DecisionDto, TogetherDto } from '@/lib/reports/decision-dtos'
import { reportsKey } from '@/lib/reports/inquiry-query'
import type { ActionError } from '@/lib/result'

/** What became of a decision: done with its undo, waiting for the provider, failed, or taken back. */
export function DecisionResult({ decision, mayUndo }: { decision: DecisionDto; mayUndo: boolean }) {
  const t = useTranslations('reports')
  const now = useServerNow(decision.serverNow)
  const { short } = useInstantFormat()
  const who = { name: safePlain(decision.actorName), time: short(decision.decidedAt, now) }
  const done = decision.actions.map(({ kind }) => t(`actions.${kind}`)).join(', ') || t('actions.nothing')
  switch (decision.status) {
    case 'sending':
      return <p role="status">{t('decide.result.sending', who)}</p>
    case 'failed':
      return <Failed decision={decision} />
    case 'undone':
      return (
        <div role="status">
          <p>{t('decide.result.undone', who)}</p>
          <ul className="list-disc ps-5 text-sm text-muted empty:hidden">
            {decision.undo?.commands.map(({ commandId, outcome, by = '' }) => (
              <li key={commandId}>{t(`decide.result.undo.${outcome}`, { name: safePlain(by) })}</li>
            ))}
            <Together {...decision.together} isDone />
            {decision.actions.some(({ kind }) => kind === 'kick') && <li>{t('decide.result.undo.kick')}</li>}
          </ul>
        </div>
      )
    case 'applied':
      return (
        <div className="flex flex-col gap-2">
          <p role="status">
            {t('decide.result.applied', {
              ...who,
              verdict: t(`verdicts.${decision.verdict}`),
              actions: done,
            })}
          </p>
          <Messages decision={decision} now={now} />
          {mayUndo && decision.canUndo && (
            <>
              <ul className="list-disc ps-5 text-sm text-muted empty:hidden">
                <Together {...decision.together} isDone={false} />
              </ul>
              <Undo decision={decision} />
            </>
          )}
        </div>
      )
    default:
      return decision.status satisfies never
  }
}

function Messages({ decision: { notices, heldUntil }, now }: { decision: DecisionDto; now: number }) {
  const t = useTranslations('reports.decide.result')
  const { held = 0, sending = 0, sent = 0, failed = 0 } = notices
  const seconds = Math.max(0, Math.ceil(((heldUntil ?? now) - now) / 1_000))
  return (
    <p className="text-sm text-muted">
      {held > 0 && t('held', { count: held, seconds })} {sending > 0 && t('onTheWay', { count: sending })}{' '}
      {sent > 0 && t('sent', { count: sent })} {failed > 0 && t('notSent', { count: failed })}
    </p>
  )
}

/** What an undo does with the cases that were decided together with this one, or has done. */
function Together({ opens, stays, ofRun, isDone }: TogetherDto & { isDone: boolean }) {
  const t = useTranslations('reports.decide.result.together')
  const format = useFormatter()
  const named = (numbers: number[]) => ({ cases: format.list(numbers.map((number) => `#${number}`)) })
  return (
    <>
      {opens.length > 0 && <li>{t(isDone ? 'opened' : 'opens', named(opens))}</li>}
      {stays.length > 0 && <li>{t('stays', named(stays))}</li>}
      {ofRun > 0 && <li>{t('ofRun', { count: ofRun })}</li>}
    </>
  )
}

function Failed({ decision }: { decision: DecisionDto }) {
  const t = useTranslations('reports')
  const errors = useTranslations('errors')
  const { failure, actions } = decision
  if (!failure) return null
  const kind = actions[failure.action]?.kind ?? 'nothing'
  return (
    <ErrorPanel
      title={t('decide.result.failed', { action: t(`actions.${kind}`) })}
      effect={failure.action > 0 ? 'changed' : 'unchanged'}
      code={failure.failure?.providerCode === undefined ? failure.code : String(failure.failure.providerCode)}
    >
      <p>{errors(`${failure.code}.title`)}</p>
      {failure.action > 0 && <p>{t('decide.result.before', { count: failure.action })}</p>}
    </ErrorPanel>
  )
}

function Undo({ decision: { id } }: { decision: DecisionDto }) {
  const t = useTranslations('reports.decide.result')
  const queries = useQueryClient()
  const router = useRouter()
  const [isBusy, setBusy] = useState(false)
  const [error, setError] = useState<ActionError>()

  async function undo() {
    if (isBusy) return
    setBusy(true)
    const result = await answerOf(() => undoDecisionAction({ decisionId: id }))
    setBusy(false)
    setError(result.ok ? undefined : result.error)
    await queries.invalidateQueries({ queryKey: reportsKey })
    router.refresh()
  }
  // While a notification offers to take something back, the key is its alone.
  const isFree = useLastUndo() === null
  useShortcut({ key: 'mod+z', label: t('undoNow'), when: isFree, run: () => void undo() })
  return (
    <>
      {error && <ActionErrorPanel error={error} />}
      <Button isBusy={isBusy} onClick={() => void undo()} className="self-start">
        {t('undoNow')}
      </Button>
    </>
  )
}
