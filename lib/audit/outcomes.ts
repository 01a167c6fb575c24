import type { AuditEvent, AuditOutcome, AuditType } from './events'

/** What each type of event tells of. */
const outcomeByType: Record<AuditType, AuditOutcome> = {
  'mute.requested': 'ok',
  'mute.applied': 'ok',
  'mute.rejected': 'failed',
  'mute.unknown': 'unknown',
  'mute.drift_accepted': 'ok',
  'bulk_mute.created': 'ok',
  'bulk_mute.previewed': 'ok',
  'bulk_mute.preview_outdated': 'ok',
  'bulk_mute.approval_asked': 'ok',
  'bulk_mute.approved': 'ok',
  'bulk_mute.started': 'ok',
  'bulk_mute.paused': 'failed',
  'bulk_mute.resumed': 'ok',
  'bulk_mute.cancelled': 'ok',
  'bulk_mute.retried': 'ok',
  'bulk_mute.account_skipped': 'ok',
  'bulk_mute.account_reopened': 'ok',
  'bulk_mute.finished': 'ok',
  'bulk_mute.exported': 'ok',
  'case.claimed': 'ok',
  'case.released': 'ok',
  'case.skipped': 'ok',
  'case.held': 'ok',
  'case.handed_over': 'ok',
  'case.escalated': 'ok',
  'case.sent_back': 'ok',
  'case.urgent': 'ok',
  'case.paged': 'ok',
  'case.paging_failed': 'failed',
  'case.triaged': 'ok',
  'case.returned': 'ok',
  'case.merged': 'ok',
  'case.left_open': 'ok',
  'note.written': 'ok',
  'account.linked': 'ok',
  'account.unlinked': 'ok',
  'report.filed': 'ok',
  'case.evidence_taken': 'ok',
  'history.read': 'ok',
  'action.refused': 'denied',
  'sign_in.succeeded': 'ok',
  'sign_in.failed': 'denied',
  sign_out: 'ok',
  'moderator.added': 'ok',
  'moderator.disabled': 'ok',
  'moderator.enabled': 'ok',
  'moderator.password_reset': 'ok',
  'api_key.created': 'ok',
  'api_key.revoked': 'ok',
  'settings.changed': 'ok',
  'directory.imported': 'ok',
  'decision.made': 'ok',
  'decision.applied': 'ok',
  'decision.failed': 'failed',
  'decision.undone': 'ok',
  'notice.sent': 'ok',
  'notice.failed': 'failed',
  'case.look_again': 'ok',
  'appeal.received': 'ok',
  'appeal.answered': 'ok',
  'report.swept': 'ok',
  'reporter.muted': 'ok',
  'reporter.unmuted': 'ok',
  'report.set_aside': 'ok',
  'mutes.exported': 'ok',
}

/** All types, in the order in which the audit page offers them as a filter. */
export const auditTypes = Object.keys(outcomeByType) as [AuditType, ...AuditType[]]

/** Attempts that may have come through: of these types it is in the event whether nobody knows. */
const withEffect = ['notice.failed', 'case.paging_failed'] as const satisfies AuditType[]

/** Whether an event tells of something done, refused, failed, or of which nobody knows. */
export function outcomeOf(event: Pick<AuditEvent, 'type' | 'data'>): AuditOutcome {
  const mayHaveArrived = hasEffect(event.type) && 'effect' in event.data && event.data.effect === 'unknown'
  return mayHaveArrived ? 'unknown' : outcomeByType[event.type]
}

/** What events of a type may tell of; of two, `data.effect` is `unknown` in those events of which nobody knows. */
export function outcomesOf(type: AuditType): AuditOutcome[] {
  return [outcomeByType[type], ...(hasEffect(type) ? (['unknown'] as const) : [])]
}

function hasEffect(type: AuditType): boolean {
  return withEffect.some((one) => one === type)
}
