import * as z from 'zod'
import { connectionKeySchema, userIdSchema } from '@/lib/accounts/schemas'
import type { AuditType } from '@/lib/audit/events'
import type { CaseRunDto } from '@/lib/bulk-mutes/case-schemas'
import type { ChatMessage } from '@/lib/provider/port'
import { categorySchema } from './category-schemas'
import type { UrgentCaseDto } from './colleague-dtos'
import type { MessageFileDto } from './file-schemas'
import type { LinkedWithAccusedDto } from './linked-dtos'
import type { NoteDto } from './note-dtos'
import type { PriorityReason } from './priority'
import { minHoldSeconds, queueTabs } from './queue-rules'
import type { Accuracy, MutualHistory } from './reporter-dtos'
import {
  type CaseStatus,
  type DecisionStatus,
  type EvidenceReason,
  type EvidenceStatus,
  maxHoldSeconds,
  maxNoteLength,
  type ReportCategory,
  type ReportSource,
  type Verdict,
} from './rules'

const caseId = z.uuid('invalid')
const claimToken = z.uuid('invalid')
const version = z.int('invalid').positive('invalid')
const note = z.string('invalid').trim().min(1, 'required').max(maxNoteLength, 'too_long')

export const caseKeySchema = z.strictObject({ caseId })
export type CaseKey = z.infer<typeof caseKeySchema>

/** What every change of a case says: which one, as of which version, and under which claim. */
const write = { caseId, version, claimToken: claimToken.exactOptional() }
export type CaseWrite = z.infer<z.ZodObject<typeof write>>

export const claimCaseSchema = z.strictObject({
  caseId,
  version,
  /** also from one's own other tab, or what was handed to a colleague */
  takeOver: z.boolean('invalid').exactOptional(),
})
export type ClaimCaseInput = z.infer<typeof claimCaseSchema>

export const claimNextSchema = z.strictObject({
  connection: connectionKeySchema.exactOptional(),
  category: categorySchema('invalid').exactOptional(),
  /** not this one, which is given back when there is another; null: any */
  except: caseId.nullable(),
})
export type ClaimNextInput = z.infer<typeof claimNextSchema>

export const renewClaimSchema = z.strictObject({ caseId, claimToken })
export type RenewClaimInput = z.infer<typeof renewClaimSchema>

export const releaseClaimSchema = z.strictObject({ ...write, claimToken })
export type ReleaseClaimInput = z.infer<typeof releaseClaimSchema>

export const holdCaseSchema = z.strictObject({
  ...write,
  seconds: z.int('invalid').min(minHoldSeconds, 'not_positive').max(maxHoldSeconds, 'beyond_maximum'),
})
export type HoldCaseInput = z.infer<typeof holdCaseSchema>

export const handOverSchema = z.strictObject({ ...write, to: z.uuid('invalid'), note })
export type HandOverInput = z.infer<typeof handOverSchema>

export const escalateCaseSchema = z.strictObject({ ...write, claimToken, note })
export type EscalateCaseInput = z.infer<typeof escalateCaseSchema>

export const sendBackSchema = z.strictObject({ ...write, note })
export type SendBackInput = z.infer<typeof sendBackSchema>

export const triageCaseSchema = z.strictObject({ ...write, category: categorySchema('invalid') })
export type TriageCaseInput = z.infer<typeof triageCaseSchema>

/** About the accused of a case, written there; or about an account. */
export const writeNoteSchema = z.strictObject({
  about: z.union(
    [z.strictObject({ caseId }), z.strictObject({ connection: connectionKeySchema, userId: userIdSchema })],
    'invalid',
  ),
  text: note,
  isSticky: z.boolean('invalid'),
})
export type WriteNoteInput = z.infer<typeof writeNoteSchema>

export const seeCaseSchema = z.strictObject({ caseId, isTyping: z.boolean('invalid') })
export type SeeCaseInput = z.infer<typeof seeCaseSchema>

/** A place in the order of a tab: two numbers and the case's id. */
export const queueCursorSchema = z
  .string('invalid')
  .regex(/^-?\d{1,15}\.\d{1,15}\.[0-9a-f-]{36}$/, 'invalid')
  .transform((text): [first: number, second: number, id: string] => {
    const [first, second, id = ''] = text.split('.')
    return [Number(first), Number(second), id]
  })
  .refine(([, , id]) => caseId.safeParse(id).success, 'invalid')
export type QueueCursor = z.infer<typeof queueCursorSchema>

export const listCasesSchema = z.strictObject({
  tab: z.enum(queueTabs, 'invalid').default('new'),
  connection: connectionKeySchema.optional(),
  category: categorySchema('invalid').optional(),
  accused: userIdSchema.optional(),
  reporter: userIdSchema.optional(),
  after: queueCursorSchema.optional(),
})
export type ListCasesInput = z.infer<typeof listCasesSchema>

type Person = { userId: string; nickname: string | null }

/** A case as the queue shows it; instants in epoch ms. */
export type CaseDto = {
  id: string
  /** what people call it: `#812` */
  number: number
  connection: string
  accused: Person
  groupId: string | null
  groupName: string | null
  topicId: string | null
  /** the other person of a one-to-one chat */
  peerId: string | null
  status: CaseStatus
  version: number
  category: ReportCategory
  priority: number
  /** why it has the priority it has, as the intake wrote it */
  priorityWhy: PriorityReason[]
  reportCount: number
  reporterCount: number
  openedAt: number
  lastReportedAt: number
  dueAt: number
  /** whoever works on it; `isLive`: the lease has not lapsed */
  claim: { by: string; isYours: boolean; until: number; isLive: boolean } | null
  held: { until: number; for: string | null; isForYou: boolean } | null
  /** it was passed to the leads, and nobody else can have it */
  needsLead: boolean
  /** a note names whoever asks, and they have not opened it since; in the queue alone */
  isNamed: boolean
  closedAt: number | null
  closedBy: string | null
  verdict: Verdict | null
  /** when the accused's next mute ends, in the tab of those alone */
  muteEndsAt: number | null
}

export type CasesDto = { cases: CaseDto[]; next: string | null; serverNow: number }

export type ReportDto = {
  id: string
  source: ReportSource
  /** null: the provider's own moderation */
  reporter: (Person & { accuracy: Accuracy; mutual: MutualHistory }) | null
  category: ReportCategory
  text: string
  language: string
  clientTime: number | null
  receivedAt: number
  verdict: Verdict | null
  evidence: EvidenceStatus
  evidenceWhy: EvidenceReason | null
}

export type MessageDto = {
  messageId: string
  sender: Person
  side: 'accused' | 'reporter' | 'other'
  sentAt: number
  kind: ChatMessage['kind']
  text: string | null
  files: MessageFileDto[]
  state: ChatMessage['state']
  isReported: boolean
  takenAt: number
  goneAt: number | null
  /** between the one before and this there may be some that were not kept */
  isAfterGap: boolean
}

/** Kept messages, oldest first. `next`: the id after which the next page begins, null: there is none. */
export type TranscriptDto = { messages: MessageDto[]; next: string | null }

export type StrikeDto = { id: string; category: ReportCategory; givenAt: number; voidedAt: number | null }

export type EarlierCaseDto = {
  id: string
  number: number
  status: CaseStatus
  category: ReportCategory
  verdict: Verdict | null
  openedAt: number
  closedAt: number | null
}

export type DecisionDto = {
  id: string
  by: string
  verdict: Verdict
  status: DecisionStatus
  decidedAt: number
}

/** What was done about a case, as the audit has it. */
export type CaseEventDto = { type: AuditType; by: string; at: number }

/** Everything that one screen shows of a case. */
export type CaseViewDto = {
  case: CaseDto
  mergedInto: { id: string; number: number } | null
  /** newest first; `reportCount` says how many there are */
  reports: ReportDto[]
  /** the first of the kept messages */
  transcript: TranscriptDto
  strikes: StrikeDto[]
  earlier: EarlierCaseDto[]
  notes: NoteDto[]
  /** the accused's other accounts, as moderators have said */
  linked: LinkedWithAccusedDto[]
  decisions: DecisionDto[]
  runs: CaseRunDto[]
  events: CaseEventDto[]
  serverNow: number
}

/** A claim just made: the token is told once, to the tab that made it. */
export type ClaimDto = { caseId: string; claimToken: string; until: number; version: number }

/** The case that a moderator has in hand, for the bar on every page. */
export type InquiryDto = { cases: CaseDto[]; urgent: UrgentCaseDto | null; serverNow: number }
