import * as z from 'zod'
import { connectionKeySchema, userIdSchema } from '@/lib/accounts/schemas'
import { groupIdSchema, topicIdSchema } from '@/lib/groups/schemas'
import type { MuteFailure } from '@/lib/mutes/schemas'
import { endSchema, type MuteScope, type Reason, reasonSchema, type Until } from '@/lib/mutes/schemas'
import { casesOfRunSchema, type RunCaseDto, type RunCasesDto } from './case-schemas'
import {
  type BulkKind,
  type BulkStatus,
  bulkStatuses,
  type Forecast,
  forecasts,
  type ItemState,
  itemStates,
  maxBulkItems,
  type PauseReason,
  type SkipReason,
} from './rules'

/** For what asks for nothing. */
export const nothingSchema = z.strictObject({})

const bulkId = z.uuid('invalid')
const idempotencyKey = z.uuid('invalid')

const accountScopes = ['one_to_one', 'all_groups'] as const

const target = {
  connection: connectionKeySchema,
  /** each account once */
  userIds: fewOf(userIdSchema).refine((ids) => new Set(ids).size === ids.length, 'duplicate'),
  /** where: in a group or one topic of it; without one everywhere, then `scopes` says in which chats */
  groupId: groupIdSchema.exactOptional(),
  topicId: topicIdSchema.exactOptional(),
  scopes: z
    .array(z.enum(accountScopes, 'invalid'), 'invalid')
    .min(1, 'required')
    .max(accountScopes.length, 'too_many')
    .refine((scopes) => new Set(scopes).size === scopes.length, 'duplicate')
    .exactOptional(),
  /** in each of the groups that the one account is in now */
  everyGroup: z.literal(true, 'invalid').exactOptional(),
  reason: reasonSchema,
}

type Where = {
  userIds: readonly string[]
  groupId?: string
  topicId?: string
  scopes?: readonly MuteScope[]
  everyGroup?: true
}

/** Either a group, maybe with a topic, or scopes, or every group of one account. */
function sayWhere({ userIds, groupId, topicId, scopes, everyGroup }: Where, { addIssue }: z.RefinementCtx) {
  if (topicId !== undefined && groupId === undefined)
    addIssue({ code: 'custom', path: ['groupId'], message: 'required' })
  if (everyGroup && (groupId !== undefined || scopes !== undefined))
    addIssue({ code: 'custom', path: ['everyGroup'], message: 'invalid' })
  if (everyGroup && userIds.length > 1) addIssue({ code: 'custom', path: ['userIds'], message: 'too_many' })
  if (groupId === undefined && scopes === undefined && !everyGroup)
    addIssue({ code: 'custom', path: ['scopes'], message: 'required' })
  if (groupId !== undefined && scopes !== undefined)
    addIssue({ code: 'custom', path: ['scopes'], message: 'invalid' })
}

const mute = {
  kind: z.literal('mute'),
  ...target,
  end: endSchema,
  /** whether mutes that end later are shortened; otherwise they are left as they are */
  mayShorten: z.boolean('invalid').default(false),
}
const lift = { kind: z.literal('lift'), ...target }

/**
 * A run to be previewed: mutes until one absolute end, or lifts. Nothing is sent before it is started. The key is made
 * once per form: a double submit is one run.
 */
export const createBulkMuteSchema = z.discriminatedUnion('kind', [
  z.strictObject({ ...mute, idempotencyKey, cases: casesOfRunSchema.exactOptional() }).superRefine(sayWhere),
  z.strictObject({ ...lift, idempotencyKey }).superRefine(sayWhere),
])
export type CreateBulkMuteInput = z.output<typeof createBulkMuteSchema>

const previewOnly = z.boolean('invalid').default(false)

/** The same from a program, whose key comes beside the body. Unless `previewOnly` the server starts it by itself. */
export const submitBulkMuteSchema = z.discriminatedUnion('kind', [
  z.strictObject({ ...mute, previewOnly }).superRefine(sayWhere),
  z.strictObject({ ...lift, previewOnly }).superRefine(sayWhere),
])
export type SubmitBulkMuteInput = z.output<typeof submitBulkMuteSchema> & { idempotencyKey: string }

/** One run. */
export const bulkKeySchema = z.strictObject({ bulkId })
export type BulkKey = z.infer<typeof bulkKeySchema>

/** Starts what the preview with this token showed. */
export const startBulkMuteSchema = z.strictObject({
  bulkId,
  token: z.string('invalid').length(64, 'invalid'),
})
export type StartBulkMuteInput = z.infer<typeof startBulkMuteSchema>

/** Some items of a run: accounts, or groups where it is about those of one account. */
const some = { userIds: fewOf(userIdSchema).exactOptional(), groupIds: fewOf(groupIdSchema).exactOptional() }

function fewOf<Id extends z.ZodType>(id: Id) {
  return z.array(id, 'invalid').min(1, 'required').max(maxBulkItems, 'too_many')
}

/** Undoes a run, or some of it. */
export const undoBulkMuteSchema = z.strictObject({ bulkId, idempotencyKey, ...some })
export type UndoBulkMuteInput = z.infer<typeof undoBulkMuteSchema>

/** Sends again what was rejected: all of a run, or some of it. */
export const retryBulkMuteSchema = z.strictObject({ bulkId, ...some })
export type RetryBulkMuteInput = z.infer<typeof retryBulkMuteSchema>

export const bulkItemsAtOnce = 100

/** A page of a run's accounts; `after` is the position of the last one before it. */
export const listBulkItemsSchema = z.strictObject({
  bulkId,
  state: z.enum(itemStates, 'invalid').exactOptional(),
  forecast: z.enum(forecasts, 'invalid').exactOptional(),
  after: z.coerce.number('invalid').int('invalid').min(0, 'invalid').exactOptional(),
  limit: z.coerce
    .number('invalid')
    .int('invalid')
    .min(1, 'invalid')
    .max(maxBulkItems, 'too_many')
    .exactOptional(),
})
export type ListBulkItemsInput = z.infer<typeof listBulkItemsSchema>

/** A run as a file: all its accounts, or those that failed. */
export const exportBulkMuteSchema = z.strictObject({
  bulkId,
  only: z.literal('failed', 'invalid').exactOptional(),
})
export type ExportBulkMuteInput = z.infer<typeof exportBulkMuteSchema>

/** Runs, newest first; `before` is the id of the last one on the page before. */
export const listBulkMutesSchema = z.strictObject({
  status: z.enum(bulkStatuses, 'invalid').exactOptional(),
  before: bulkId.exactOptional(),
})
export type ListBulkMutesInput = z.infer<typeof listBulkMutesSchema>

/** One run as it stands. */
export type BulkMuteDto = {
  id: string
  kind: BulkKind
  status: BulkStatus
  connection: { key: string; name: string; provider: 'tencent' | 'zego' }
  isConnectionGone: boolean
  /** the one account whose groups the items are; null: the items are accounts */
  userId: string | null
  /** that account was in more groups than the run has */
  isPartial: boolean
  /** null: everywhere, or in groups of one account */
  groupId: string | null
  groupName: string | null
  topicId: string | null
  /** in which the accounts are muted; `group` or `topic` in a group */
  scopes: MuteScope[]
  /** null: a lift, or an undo, which has an end for each account */
  until: Until | null
  mayShorten: boolean
  reason: Reason
  actorName: string
  /** whether the one who asks made it */
  mine: boolean
  /** whether the one who asks may approve it: never one's own */
  mayApprove: boolean
  approvedBy: string | null
  /** why a second person has to agree; null: nobody has to */
  approval: 'size' | 'forever' | null
  undoOf: string | null
  /** the runs that undo this one or some of its accounts, oldest first */
  undos: string[]
  createdAt: number
  previewedAt: number | null
  startedAt: number | null
  finishedAt: number | null
  /** names the preview that was seen; null while there is none */
  token: string | null
  pause: { why: PauseReason; by: string | null; failure: MuteFailure | null } | null
  /** why the preview has not come yet; it is tried again by itself */
  previewFailure: MuteFailure | null
  total: number
  /** how many of them are sent; all while that is not known */
  doing: number
  /** how many of those have come to their end, whichever it was */
  settled: number
  /** how many accounts of each forecast; empty until previewed */
  forecasts: Partial<Record<Forecast, number>>
  states: Record<ItemState, number>
  /** rejected, and worth another try */
  retryable: number
  /** the cases that it was made for, by what became of them; null: none, or not for the one who asks */
  cases: RunCasesDto | null
  /** provider calls that are left, and how many the pacing allows a second */
  callsLeft: number
  callsPerSecond: number
  serverNow: number
}

/** One account of a run. */
export type BulkItemDto = {
  position: number
  userId: string
  nickname: string | null
  /** in a run over the groups of one account */
  groupId: string | null
  groupName: string | null
  /** null until previewed */
  forecast: Forecast | null
  /** of a group's members: see `groupRoles` */
  role: number | null
  /** scope → what held when it was previewed, and what shall hold: the same where nothing is sent */
  changes: { scope: MuteScope; before: Until | null; after: Until | null }[]
  state: ItemState
  skipped: SkipReason | null
  failure: MuteFailure | null
  /** the mute command behind it */
  commandId: string | null
  /** with which cases it came; none for whoever may not see cases */
  cases: RunCaseDto[]
  /** the provider showed it; null: not read back */
  verifiedAt: number | null
  /** done, and yet the provider showed something else when it was read: at Tencent who had left the group by then */
  differs: boolean
}

export type BulkItemsDto = { items: BulkItemDto[]; next: number | null; serverNow: number }
/** Of the runs that are under way or wait for somebody what every page shows. */
export type ActiveBulkMutesDto = {
  /** `doing`, `settled`: as of `BulkMuteDto`; `onTheWay`: sent, and without an outcome so far */
  runs: (Pick<BulkMuteDto, 'id' | 'status' | 'doing' | 'settled'> & { onTheWay: number })[]
  serverNow: number
}
export type BulkMutesDto = { runs: BulkMuteDto[]; next: string | null; serverNow: number }
