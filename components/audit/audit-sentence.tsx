import Link from 'next/link'
import { useFormatter, useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { toldChanges } from '@/components/mutes/role-model'
import { useWithRoles } from '@/components/mutes/role-words'
import { SafeText } from '@/components/ui/safe-text'
import type { AuditEntry } from '@/lib/audit/schemas'
import type { MuteChange } from '@/lib/mutes/changes'
import type { Reason, Until } from '@/lib/mutes/schemas'
import { encodePath } from '@/lib/read'
import type { SettingKey } from '@/lib/settings/rules'
import { BulkSentence } from './bulk-sentence'
import { CaseSentence } from './case-sentence'
import { DecisionSentence } from './decision-sentence'
import { FailureLine } from './failure-line'
import { LinkedSentence } from './linked-sentence'
import { RefusalSentence } from './refusal-sentence'
import { ReportSentence } from './report-sentence'

/** What an event tells, as a sentence with its own facts below. */
export function AuditSentence({ event }: { event: AuditEntry }) {
  const t = useTranslations('audit.events')
  const roles = useTranslations('shell.roles')
  switch (event.type) {
    case 'mute.requested': {
      const { kind, changes, reason } = event.data
      return (
        <Told text={t('mute.requested', { kind })}>
          <Where event={event} />
          <Changes changes={changes} />
          <ReasonLine {...reason} />
        </Told>
      )
    }
    case 'mute.applied':
      return (
        <Told text={t('mute.applied', { kind: event.data.kind })}>
          <Where event={event} />
          <Changes changes={event.data.changes} />
        </Told>
      )
    case 'mute.rejected':
    case 'mute.unknown':
      return (
        <Told text={t(event.type, { kind: event.data.kind })}>
          <FailureLine {...event.data.failure} isUnknown={event.type === 'mute.unknown'} />
          <Where event={event} />
          <Changes changes={event.data.changes} />
        </Told>
      )
    case 'mute.drift_accepted': {
      const { scope, ledger, provider, ledgerRoles = null, providerRoles = null } = event.data
      const roles = { beforeRoles: ledgerRoles, afterRoles: providerRoles }
      return (
        <Told text={t('mute.drift_accepted')}>
          <Where event={event} />
          <Changes changes={[{ scope, before: ledger, after: provider, ...roles }]} />
        </Told>
      )
    }
    case 'bulk_mute.created':
    case 'bulk_mute.previewed':
    case 'bulk_mute.preview_outdated':
    case 'bulk_mute.approval_asked':
    case 'bulk_mute.approved':
    case 'bulk_mute.started':
    case 'bulk_mute.paused':
    case 'bulk_mute.resumed':
    case 'bulk_mute.cancelled':
    case 'bulk_mute.retried':
    case 'bulk_mute.account_skipped':
    case 'bulk_mute.account_reopened':
    case 'bulk_mute.finished':
    case 'bulk_mute.exported':
      return <BulkSentence event={event} />
    case 'case.claimed':
    case 'case.released':
    case 'case.skipped':
    case 'case.held':
    case 'case.handed_over':
    case 'case.escalated':
    case 'case.sent_back':
    case 'case.urgent':
    case 'case.paged':
    case 'case.paging_failed':
    case 'case.triaged':
    case 'case.returned':
    case 'case.merged':
    case 'case.left_open':
    case 'note.written':
      return <CaseSentence event={event} />
    case 'report.filed':
    case 'report.set_aside':
    case 'reporter.muted':
    case 'reporter.unmuted':
    case 'case.evidence_taken':
    case 'history.read':
      return <ReportSentence event={event} />
    case 'account.linked':
    case 'account.unlinked':
      return <LinkedSentence event={event} />
    case 'action.refused':
      return <RefusalSentence {...event.data} />
    case 'sign_in.succeeded':
      return <Told text={t('sign_in.succeeded', event.data)} />
    case 'sign_in.failed': {
      const { address, email, why } = event.data
      return (
        <Told text={t('sign_in.failed', { address, why })}>
          <p>
            <SafeText text={email} />
          </p>
        </Told>
      )
    }
    case 'sign_out':
      return <Told text={t('sign_out')} />
    case 'moderator.added':
      return <Told text={t('moderator.added', { email: event.data.email, role: roles(event.data.role) })} />
    case 'moderator.disabled':
    case 'moderator.enabled':
    case 'moderator.password_reset':
      return <Told text={t(event.type, event.data)} />
    case 'api_key.created': {
      const { key, email, scopes, name } = event.data
      return <NamedKey name={name} text={t(event.type, { key, email, scopes: scopes.join(', ') })} />
    }
    case 'api_key.revoked':
      return <NamedKey name={event.data.name} text={t(event.type, { key: event.data.key })} />
    case 'settings.changed': {
      const { key, version } = event.data
      return <Told text={t('settings.changed', { key: settingNames.get(key) ?? 'other', version })} />
    }
    case 'directory.imported': {
      const { imported, skipped, isBrokenOff = false } = event.data
      return <Told text={t(event.type, { imported, skipped, broken: isBrokenOff ? 'yes' : 'no' })} />
    }
    case 'decision.made':
    case 'decision.applied':
    case 'decision.failed':
    case 'decision.undone':
    case 'notice.sent':
    case 'notice.failed':
    case 'case.look_again':
    case 'appeal.received':
    case 'appeal.answered':
    case 'report.swept':
      return <DecisionSentence event={event} />
    case 'mutes.exported': {
      const { rows, isCut } = event.data
      return <Told text={t('mutes.exported', { rows, cut: isCut ? 'yes' : 'no' })} />
    }
    default:
      return event satisfies never
  }
}

const settingNames: ReadonlyMap<string, string> = new Map<SettingKey, string>([
  ['mute-presets', 'mutePresets'],
  ['bulk-approval-above', 'approvalAbove'],
  ['protected-accounts', 'protectedAccounts'],
  ['report-policies', 'reportPolicies'],
  ['notice-templates', 'noticeTemplates'],
])

function NamedKey({ name, text }: { name: string; text: string }) {
  return (
    <Told text={text}>
      <p>
        <SafeText text={name} />
      </p>
    </Told>
  )
}

function Told({ text, children }: { text: string; children?: ReactNode }) {
  return (
    <>
      <p>{text}</p>
      {children && <div className="text-sm text-muted">{children}</div>}
    </>
  )
}

type MuteEvent = Extract<AuditEntry, { type: `mute.${string}` }>

/** The group, and the topic of it, that a mute was about; nothing for one that holds everywhere. */
function Where({ event: { connection, data } }: { event: MuteEvent }) {
  const t = useTranslations('audit.where')
  const { group, topic } = data
  if (group === undefined || connection === null) return null
  const link = () => (
    <Link
      href={`/groups${encodePath(connection, group)}`}
      prefetch={false}
      className="font-mono break-all whitespace-pre-wrap text-accent-text underline"
    >
      <bdi dir="ltr">{group}</bdi>
    </Link>
  )
  return (
    <p>
      {topic === undefined
        ? t.rich('group', { link })
        : t.rich('topic', { link, id: () => <TopicId topic={topic} /> })}
    </p>
  )
}

function TopicId({ topic }: { topic: string }) {
  return (
    <bdi dir="ltr" className="font-mono break-all whitespace-pre-wrap">
      {topic}
    </bdi>
  )
}

function Changes({ changes }: { changes: readonly MuteChange[] }) {
  const t = useTranslations('audit.changes')
  const scopes = useTranslations('mutes.scopes')
  const withRoles = useWithRoles()
  const format = useFormatter()
  const end = (until: Until | null) => {
    if (until === null) return t('none')
    return until === 'forever' ? t('forever') : t('until', { time: format.dateTime(until, 'yearTime') })
  }
  return (
    <ul>
      {toldChanges(changes).map(({ scope, before, after, beforeRoles, afterRoles }) => (
        <li key={scope}>
          {t('line', {
            scope: scopes(scope),
            before: withRoles(end(before), beforeRoles),
            after: withRoles(end(after), afterRoles),
          })}
        </li>
      ))}
    </ul>
  )
}

function ReasonLine({ category, text }: Reason) {
  const t = useTranslations('mutes.categories')
  return (
    <p className="wrap-anywhere">
      {t(category)} · <SafeText text={text} maxLength={500} />
    </p>
  )
}
