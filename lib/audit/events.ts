import type { ApiScope, Role } from '@/lib/auth/roles'
import type {
  BulkKind,
  CaseLeftReason,
  Forecast,
  ItemState,
  PauseReason,
  SkipReason,
} from '@/lib/bulk-mutes/rules'
import type { AppErrorCode } from '@/lib/errors'
import type { LedgerFilters } from '@/lib/mutes/ledger-schemas'
import type {
  CommandKind,
  Drift,
  MuteChange,
  MuteFailure,
  MuteScope,
  Reason,
  Until,
} from '@/lib/mutes/schemas'
import type {
  AppealStatus,
  NoticeKind,
  PersonAction,
  ReportCategory,
  ReportSource,
  Verdict,
} from '@/lib/reports/rules'

export const auditOutcomes = ['ok', 'denied', 'failed', 'unknown'] as const
export type AuditOutcome = (typeof auditOutcomes)[number]

/** Where the mute is, when it is in a group. */
type InGroup = { group?: string; topic?: string }

/** How many accounts of a run it was about, or in how many groups, where the run is about those of one account. */
type Counted = { accounts: number; groups?: number }

/** A case of abuse reports, by its id and by the number that people call it. */
type InCase = { case: string; number: number }

/**
 * The closed union of what the audit can hold: type → its own fields. The names are stored: a change here needs a
 * migration. No secrets, no provider URLs, no message texts.
 */
export type AuditData = {
  /** a command was written and is about to be sent */
  'mute.requested': InGroup & {
    kind: CommandKind
    changes: MuteChange[]
    reason: Reason
    undoOf?: string
    /** the run over many accounts that it is part of */
    bulk?: string
  }
  'mute.applied': InGroup & { kind: CommandKind; changes: MuteChange[] }
  'mute.rejected': InGroup & { kind: CommandKind; changes: MuteChange[]; failure: MuteFailure }
  /** no answer came: the settling job reads back */
  'mute.unknown': InGroup & { kind: CommandKind; changes: MuteChange[]; failure: MuteFailure }
  'mute.drift_accepted': InGroup & {
    scope: MuteScope
    drift: Drift
    ledger: Until | null
    provider: Until | null
    /** whom a mute of roles was for, by each of the two */
    ledgerRoles?: number[] | null
    providerRoles?: number[] | null
  }
  /** a run over many accounts was made; `bulk` is its id, here and below */
  'bulk_mute.created': InGroup &
    Counted & {
      bulk: string
      kind: BulkKind
      scopes: MuteScope[]
      until: Until | null
      reason: Reason
      undoOf?: string
      /** the prefix of the API key by which its author made it */
      apiKey?: string
      /** how many cases of reports it was made for */
      cases?: number
    }
  'bulk_mute.previewed': { bulk: string; forecasts: Partial<Record<Forecast, number>> }
  /** too much had changed since, or somebody asked: it is made again */
  'bulk_mute.preview_outdated': { bulk: string }
  /** its author started it and a second person has to agree */
  'bulk_mute.approval_asked': Counted & { bulk: string; why: 'size' | 'forever' }
  'bulk_mute.approved': Counted & { bulk: string }
  'bulk_mute.started': Counted & { bulk: string }
  'bulk_mute.paused': { bulk: string; why: PauseReason; failure?: MuteFailure }
  'bulk_mute.resumed': { bulk: string }
  'bulk_mute.cancelled': { bulk: string; states: Partial<Record<ItemState, number>> }
  'bulk_mute.retried': Counted & { bulk: string }
  /** from the start of a run on, each of its accounts that is not sent has one */
  'bulk_mute.account_skipped': InGroup & { bulk: string; why: SkipReason }
  /** the rejection of its command was not the account's end: it waits in its run again */
  'bulk_mute.account_reopened': InGroup & { bulk: string; why: 'connection' | 'retried' }
  'bulk_mute.finished': { bulk: string; states: Partial<Record<ItemState, number>> }
  /** its items, or those that failed, were taken out as a file; `ofGroups`: these are the groups of one account */
  'bulk_mute.exported': { bulk: string; rows: number; ofGroups?: true }
  /**
   * somebody began to work on a case; `case` is its id, here and below. Texts of reports and notes stay out of the
   * audit
   */
  'case.claimed': InCase & { isTakenOver: boolean }
  'case.released': InCase
  /** the next one was taken instead, by somebody who had it in hand or could have taken it; nobody has to say why */
  'case.skipped': InCase
  'case.held': InCase & { until: number }
  'case.handed_over': InCase & { to: string }
  /** passed to the leads: nobody else can have it until one of them sends it back, to whoever passed it */
  'case.escalated': InCase
  /** null: to nobody, whoever passed it cannot have it any more */
  'case.sent_back': InCase & { to: string | null }
  /** a report of an urgent category came into it; its webhook was called, or never answered */
  'case.urgent': InCase & { category: ReportCategory }
  'case.paged': InCase
  'case.paging_failed': InCase & { effect: 'none' | 'unknown'; failure: MuteFailure }
  'case.triaged': InCase & { before: ReportCategory; after: ReportCategory }
  /** the console gave it back to the queue: its time had come, or nobody renewed the claim */
  'case.returned': InCase & { why: 'held' | 'lapsed' }
  /** another case on the same accused in the same conversation came back and took over all that this one held */
  'case.merged': InCase & { into: string; intoNumber: number }
  /** the run that it was made part of has ended without it */
  'case.left_open': InCase & { bulk: string; why: CaseLeftReason }
  /** a note on an account; `case`: where it was written */
  'note.written': { case?: string; number?: number; isSticky: boolean; named?: string[] }
  /** it belongs to the same person as that other account; of each of the two there is one such event */
  'account.linked': { link: string; otherConnection: string; otherUserId: string }
  /** that was taken back */
  'account.unlinked': { link: string; otherConnection: string; otherUserId: string }
  /** an accusation came in, of `userId`; `case` is what it was counted into, `number` what people call that */
  'report.filed': InGroup &
    InCase & {
      report: string
      source: ReportSource
      category: ReportCategory
      /** how many messages it names */
      messages: number
      apiKey?: string
    }
  /** the messages of a case were asked for: how many are kept now, and how many of its reports have theirs */
  'case.evidence_taken': InCase & { kept: number; reports: number; complete: number }
  /** somebody read so many messages of a case's conversation that nobody reported and that are not kept */
  'history.read': InCase & { direction: 'older' | 'newer'; messages: number }
  /** an action that was refused before anything was sent or written */
  'action.refused': { action: string; code: AppErrorCode }
  'sign_in.succeeded': { address: string }
  'sign_in.failed': { address: string; email: string; why: 'credentials' | 'disabled' | 'throttled' }
  sign_out: Record<string, never>
  'moderator.added': { email: string; role: Role }
  'moderator.disabled': { email: string }
  'moderator.enabled': { email: string }
  'moderator.password_reset': { email: string }
  /** `key` is the part of the secret by which it is recognised; `email`: in whose name it acts */
  'api_key.created': { key: string; name: string; email: string; scopes: ApiScope[] }
  'api_key.revoked': { key: string; name: string }
  'settings.changed': { key: string; version: number }
  /** `isBrokenOff`: the file could not be read to its end */
  'directory.imported': { imported: number; skipped: number; isBrokenOff?: true }
  /** what was found and what shall be done is on record and about to be carried out */
  'decision.made': InCase & {
    decision: string
    verdict: Verdict
    actions: PersonAction[]
    /** why something else is done than the ladder says */
    override?: string
    /** how many other cases it closes */
    others?: number
    /** the run whose mute it is */
    bulk?: string
  }
  'decision.applied': InCase & { decision: string; strikes: number; notices: number }
  /** its case is open again and nothing else was written */
  'decision.failed': InCase & { decision: string; code: AppErrorCode; failure?: MuteFailure }
  /** `cancelled`: messages that were not sent yet */
  'decision.undone': InCase & { decision: string; cancelled: number; strikes: number }
  /** `way`: it was handed to the app's own server instead of the provider */
  'notice.sent': InCase & { kind: NoticeKind; way?: 'webhook' }
  /** `effect` `unknown`: it may have arrived, and is not sent again */
  'notice.failed': InCase & {
    kind: NoticeKind
    way?: 'webhook'
    effect: 'none' | 'unknown'
    failure: MuteFailure
  }
  /** `isBurst`: before its time, as its accused wrote a lot where the mute does not hold */
  'case.look_again': InCase & { isBurst?: true }
  'appeal.received': InCase & { appeal: string; apiKey?: string }
  'appeal.answered': InCase & { appeal: string; answer: AppealStatus; until?: Until }
  /** a reporter in bad faith: the open reports were closed */
  'report.swept': { reports: number; cases: number }
  /** what this account reports is set aside until then; `case`: where that was decided */
  'reporter.muted': { until: number; case?: string; number?: number }
  'reporter.unmuted': Record<string, never>
  /** an accusation of `userId` came in of a reporter who is muted: it is on record, in no case */
  'report.set_aside': {
    report: string
    source: ReportSource
    category: ReportCategory
    messages: number
    apiKey?: string
  }
  /** the mutes in force were taken out as a file; `isCut`: there were more than it holds */
  'mutes.exported': { rows: number; isCut: boolean; filters: LedgerFilters }
}
export type AuditType = keyof AuditData

/** What a verb hands to `record`. */
export type AuditEvent = {
  [T in AuditType]: {
    type: T
    data: AuditData[T]
    /** null: nobody signed in, the system or the command line; then `actorName` says which */
    actorId: string | null
    actorName: string
    connection?: string
    userId?: string
    commandId?: string
  }
}[AuditType]
