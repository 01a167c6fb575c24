import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { SafeText } from '@/components/ui/safe-text'
import type { AuditEntry } from '@/lib/audit/schemas'
import { FailureLine } from './failure-line'

/** What was decided about reports, said to people in chats, or asked in an appeal. */
export type DecisionEvent = Extract<
  AuditEntry,
  {
    type: `decision.${string}` | `notice.${string}` | `appeal.${string}` | 'case.look_again' | 'report.swept'
  }
>

export function DecisionSentence({ event }: { event: DecisionEvent }) {
  const t = useTranslations('audit.events')
  const words = useTranslations('reports')
  const errors = useTranslations('errors')
  switch (event.type) {
    case 'decision.made': {
      const { number, verdict, actions, override, others, bulk } = event.data
      const done = [...new Set(actions)].map((kind) => words(`actions.${kind}`)).join(', ')
      return (
        <>
          <p>{t('decision.made', { number, verdict: words(`verdicts.${verdict}`), actions: done })}</p>
          {others !== undefined && <p className="text-sm text-muted">{t('decision.others', { others })}</p>}
          {bulk !== undefined && (
            <Link
              className="text-sm underline-offset-2 hover:underline"
              href={`/bulk-mutes/${bulk}`}
              prefetch={false}
            >
              {t('decision.byRun')}
            </Link>
          )}
          {override !== undefined && (
            <p className="text-sm wrap-anywhere text-muted">
              {t('decision.override')} <SafeText text={override} maxLength={500} />
            </p>
          )}
        </>
      )
    }
    case 'decision.failed': {
      const { number, code, failure } = event.data
      return (
        <>
          <p>{t('decision.failed', { number })}</p>
          <div className="text-sm text-muted">
            {failure ? <FailureLine {...failure} /> : <p>{errors(`${code}.title`)}</p>}
          </div>
        </>
      )
    }
    case 'decision.applied':
      return <p>{t(event.type, { number: event.data.number, notices: event.data.notices })}</p>
    case 'decision.undone':
      return <p>{t(event.type, { number: event.data.number, cancelled: event.data.cancelled })}</p>
    case 'notice.sent': {
      const { number, kind, way = 'provider' } = event.data
      return <p>{t(event.type, { number, way, kind: words(`notices.${kind}`) })}</p>
    }
    case 'notice.failed': {
      const { number, kind, way, effect, failure } = event.data
      return (
        <>
          <p>{t(event.type, { number, effect, kind: words(`notices.${kind}`) })}</p>
          <div className="text-sm text-muted">
            {way === 'webhook' ? (
              <p>{t('notice.webhook', { kind: failure.kind, status: String(failure.providerCode) })}</p>
            ) : (
              <FailureLine {...failure} isUnknown={effect === 'unknown'} />
            )}
          </div>
        </>
      )
    }
    case 'case.look_again': {
      const { number, isBurst = false } = event.data
      return <p>{t(event.type, { number, burst: isBurst ? 'yes' : 'no' })}</p>
    }
    case 'appeal.received':
      return <p>{t(event.type, { number: event.data.number })}</p>
    case 'appeal.answered':
      return <p>{t(event.type, { number: event.data.number, answer: event.data.answer })}</p>
    case 'report.swept':
      return <p>{t(event.type, event.data)}</p>
    default:
      return event satisfies never
  }
}
