import type { MuteScope, MuteStateDto } from '@/lib/mutes/schemas'
import type { Until } from '@/lib/provider/port'
import type { InEachLanguage, NoticeLocale } from '@/lib/settings/report-rules'
import type { MutePreset } from '@/lib/settings/rules'
import type { DecisionAction, DecisionFailure, DecisionUndo } from './decision-schemas'
import type { Advice } from './ladder'
import type { CaseStatus, DecisionStatus, NoticeStatus, ReportCategory, Verdict } from './rules'

/** The numbers of the cases that an undo of a decision opens too, or has opened, and that it leaves as they are. */
export type TogetherDto = {
  opens: number[]
  /** closed with it, and decided again since */
  stays: number[]
  /** how many cases of further accounts its run decided */
  ofRun: number
}

/** A decision as screens show it; instants in epoch ms. */
export type DecisionDto = {
  id: string
  caseId: string
  caseNumber: number
  caseStatus: CaseStatus
  caseVersion: number
  status: DecisionStatus
  verdict: Verdict
  actions: DecisionAction[]
  overrideReason: string | null
  reasonText: string
  actorName: string
  decidedAt: number
  commandIds: string[]
  failure: DecisionFailure | null
  undo: DecisionUndo | null
  /** how many messages are in each state, and until when an undo can stop those that are held */
  notices: Partial<Record<NoticeStatus, number>>
  heldUntil: number | null
  canUndo: boolean
  together: TogetherDto
  serverNow: number
}

/** A place where the accused can be muted, with what holds there by the ledger. */
export type DecisionPlaceDto = {
  kind: 'everywhere' | 'group' | 'topic'
  groupId?: string
  topicId?: string
  states: MuteStateDto[]
}

/** What somebody who decides needs to see; instants in epoch ms. */
export type DecisionBasisDto = {
  caseId: string
  number: number
  version: number
  status: CaseStatus
  category: ReportCategory
  connection: string
  accusedId: string
  advice: Advice
  policyText: InEachLanguage
  presets: MutePreset[]
  places: DecisionPlaceDto[]
  /** the group from which the accused could be removed */
  kick: string | null
  /** other open cases of the same accused */
  others: {
    caseId: string
    number: number
    version: number
    category: ReportCategory
    reportCount: number
    groupId: string
  }[]
  last: DecisionDto | null
  appeal: {
    id: string
    text: string
    /** in which the answer goes out: that of the one who appeals, else as everything else about the case */
    language: NoticeLocale
    receivedAt: number
    decisionId: string
    /** the one who asks has made the decision, so that somebody else answers */
    isOwnDecision: boolean
    /** no other case that granting it opens is with the leads, or the one who asks is one */
    mayLift: boolean
  } | null
  language: NoticeLocale
  mayDecide: boolean
  /** nothing that an undo of the last decision opens is with the leads, or the actor is one */
  mayUndo: boolean
  mayMuteForever: boolean
  serverNow: number
}

/** Everything that a decision would do. */
export type DecisionPreviewDto = {
  advice: Advice
  /** whether it does what the ladder says */
  isAsSuggested: boolean
  changes: {
    kind: 'mute' | 'extend' | 'lift'
    groupId: string | null
    topicId: string | null
    scope: MuteScope
    before: Until | null
    after: Until | null
  }[]
  kicks: string[]
  /** mutes of the accused that hold and are left as they are */
  stays: { groupId: string | null; topicId: string | null; scope: MuteScope; until: Until }[]
  told: {
    accused: { locale: NoticeLocale; text: string } | null
    reporters: { locale: NoticeLocale; text: string; count: number }[]
  }
  closes: { caseId: string; number: number }[]
  /** whether it will count against the accused */
  isStrike: boolean
  serverNow: number
}

/** How many reports a sweep closes, and in how many cases. */
export type SweepDto = { reports: number; cases: number }
