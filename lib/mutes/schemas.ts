import * as z from 'zod'
import { accountKeySchema, connectionKeySchema, type SearchDto } from '@/lib/accounts/schemas'
import { providerErrorKinds } from '@/lib/provider/errors'
import type { Until } from '@/lib/provider/port'
import type { AboveDto } from './above-rules'
import type { MuteChange } from './changes'
import { fitsPlace, namesSomebody, place, placeKey } from './place-schemas'
import { fitsRoles, rolesSchema } from './role-schemas'
import {
  type Drift,
  globalMuteScopes,
  type MuteScope,
  maxCheckedAccounts,
  maxMuteSeconds,
  muteScopes,
  ownFailureKinds,
  type ReasonCategory,
  reasonCategories,
  reasonTextError,
} from './rules'

/** By the console itself: `expire` ends a mute that the provider does not end, `renew` renews one that it lets go of. */
export const commandKinds = ['mute', 'lift', 'undo', 'reapply', 'expire', 'renew'] as const
export type CommandKind = (typeof commandKinds)[number]

/** `requested` → `applied` | `rejected` | `unknown`; the settling job turns `unknown` into one of the other two. */
export const commandStatuses = ['requested', 'applied', 'rejected', 'unknown'] as const
export type CommandStatus = (typeof commandStatuses)[number]

export const reasonSchema = z.strictObject({
  category: z.enum(reasonCategories, 'required'),
  text: z
    .string('invalid')
    .trim()
    .superRefine((text, { addIssue }) => {
      const error = reasonTextError(text)
      if (error) addIssue(error)
    }),
})
export type Reason = z.infer<typeof reasonSchema>

/** How a moderator says when a mute ends. The server turns it into an absolute end by its own clock. */
export const endSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('duration'),
    seconds: z.int('invalid').min(1, 'not_positive').max(maxMuteSeconds, 'beyond_maximum'),
  }),
  /** epoch milliseconds */
  z.strictObject({
    kind: z.literal('at'),
    at: z.int('invalid').min(0, 'in_past').max(8.64e15, 'beyond_maximum'),
  }),
  z.strictObject({ kind: z.literal('forever') }),
])
export type EndInput = z.infer<typeof endSchema>

const scopesSchema = z
  .array(z.enum(muteScopes, 'invalid'), 'invalid')
  .min(1, 'required')
  // No place has more scopes than an account has everywhere.
  .max(globalMuteScopes.length, 'too_many')
  .refine((scopes) => new Set(scopes).size === scopes.length, 'duplicate')

/** The versions of the scopes' states that the moderator saw; a scope without a state yet is version 0. */
const basisSchema = z.partialRecord(z.enum(muteScopes), z.int('invalid').min(0, 'invalid'))

const target = {
  /** made once per composer: a double submit is one command */
  idempotencyKey: z.uuid('invalid'),
  connection: connectionKeySchema,
  ...place,
  basis: basisSchema,
}

export const applyMuteSchema = z
  .strictObject({
    ...target,
    scopes: scopesSchema,
    /** whom a mute of roles is for; it replaces whatever list holds */
    roles: rolesSchema.exactOptional(),
    end: endSchema,
    reason: reasonSchema,
  })
  .superRefine(fitsPlace)
  .superRefine(fitsRoles)
export type ApplyMuteInput = z.infer<typeof applyMuteSchema>

export const liftMuteSchema = z
  .strictObject({ ...target, scopes: scopesSchema, reason: reasonSchema })
  .superRefine(fitsPlace)
export type LiftMuteInput = z.infer<typeof liftMuteSchema>

export const undoMuteSchema = z.strictObject({
  idempotencyKey: z.uuid('invalid'),
  commandId: z.uuid('invalid'),
})
export type UndoMuteInput = z.infer<typeof undoMuteSchema>

/** Drift accepted: the ledger takes over what the provider says. */
export const acceptDriftSchema = z
  .strictObject({
    connection: connectionKeySchema,
    ...place,
    scope: z.enum(muteScopes, 'invalid'),
    /** the state's version that was seen */
    version: z.int('invalid').min(0, 'invalid'),
  })
  .superRefine(fitsPlace)
export type AcceptDriftInput = z.infer<typeof acceptDriftSchema>

/** Drift overruled: what the ledger says is set again at the provider. */
export const reapplyMuteSchema = z
  .strictObject({ ...target, scope: z.enum(muteScopes, 'invalid') })
  .superRefine(fitsPlace)
export type ReapplyMuteInput = z.infer<typeof reapplyMuteSchema>

export const settleMuteSchema = z.strictObject({ commandId: z.uuid('invalid') })
export type SettleMuteInput = z.infer<typeof settleMuteSchema>
export { type PlaceKey, placeKeySchema } from './place-schemas'
export type { Drift, MuteChange, MuteScope, ReasonCategory, Until }

/**
 * Why a command was rejected or its outcome is unknown: a kind of provider error (lib/provider/errors.ts) with the
 * provider's code, or one of our own.
 */
export const muteFailureSchema = z.object({
  kind: z.enum([...providerErrorKinds, ...ownFailureKinds]),
  providerCode: z.number().exactOptional(),
})
export type MuteFailure = z.infer<typeof muteFailureSchema>

/** One line of an account's history. */
export type MuteCommandDto = {
  id: string
  kind: CommandKind
  status: CommandStatus
  connection: string
  /** empty: everybody in the group */
  userId: string
  /** null: everywhere in the connection */
  groupId: string | null
  topicId: string | null
  actorName: string
  /** whether the one who asks gave this command */
  mine: boolean
  reason: Reason
  changes: MuteChange[]
  undoOf: string | null
  /** the run over many accounts that it is part of */
  bulkId: string | null
  requestedAt: number
  settledAt: number | null
  verifiedAt: number | null
  failure: MuteFailure | null
  /** nothing changed since, so an undo would restore the state before */
  canUndo: boolean
}

/** One cell of the mute matrix. */
export type MuteStateDto = {
  scope: MuteScope
  version: number
  /** what holds: the provider's word where it was read, otherwise the ledger's; a passed end is `null` */
  until: Until | null
  /** what the ledger says, if it is still ahead */
  ledgerUntil: Until | null
  /** whom `until` and `ledgerUntil` are for, in the scope `roles`; null where nobody is muted */
  roles?: number[] | null
  ledgerRoles?: number[] | null
  /** the end of the last mute when none is in force and the ledger knew one */
  endedAt: number | null
  /** when the provider was read last; null: never */
  checkedAt: number | null
  /** the provider does not tell of this mute (ZEGO: of members): the ledger is all there is */
  isUntold?: true
  drift: Drift | null
  /** the provider does not hold it to its end: until when it does, and from when on the console renews it, epoch ms */
  renewal?: { dueAt: number; heldUntil: number }
  /** who, why and when: the command behind `ledgerUntil` */
  cause: Pick<MuteCommandDto, 'id' | 'kind' | 'actorName' | 'reason' | 'requestedAt' | 'verifiedAt'> | null
  /** a command for this scope whose outcome is not yet known */
  pending: Pick<MuteCommandDto, 'id' | 'kind' | 'status' | 'actorName' | 'requestedAt'> | null
}

/** The mute matrix of one account, or what holds for a member or for everybody in a group. */
export type MuteMatrixDto = {
  connection: string
  /** empty: everybody in the group */
  userId: string
  /** null: everywhere in the connection */
  groupId: string | null
  topicId: string | null
  states: MuteStateDto[]
  /** of a member of a group: what silences it there beside its own mute */
  above?: AboveDto[]
  /** whether the provider answered this time, and if not, why */
  reading: { status: 'fresh' } | { status: 'failed'; failure: MuteFailure }
  /** the server's clock when this was made, epoch ms; the browser measures its own clock's offset against it */
  serverNow: number
}

/** `before`: the id of the last command already shown. */
export const historySchema = z
  .strictObject({ ...placeKey, before: z.uuid('invalid').exactOptional() })
  .refine(namesSomebody, { path: ['groupId'], error: 'required' })
export type HistoryInput = z.infer<typeof historySchema>
export type MuteHistoryDto = {
  commands: MuteCommandDto[]
  /** what the directory calls the commands' groups, by id; of those it can name */
  groupNames: Record<string, string>
  hasMore: boolean
}

export type GroupMemberDto = {
  userId: string
  /** the name in the group, otherwise the account's */
  name: string | null
  /** see `groupRoles`; null: not told */
  role: number | null
  /** in the group or the topic that was asked about */
  state: MuteStateDto
}

export type GroupMembersDto = {
  members: GroupMemberDto[]
  next: string | null
  total: number | null
  serverNow: number
}

/** A list of accounts whose mutes are to be read now: an `accountRef` a line. */
export const checkMutesSchema = z.strictObject({
  accounts: z
    .string('invalid')
    .max(2_000, 'too_long')
    .transform((text) =>
      text.split('\n').map((ref) => {
        const slash = ref.indexOf('/')
        return { connection: ref.slice(0, Math.max(0, slash)), userId: ref.slice(slash + 1) }
      }),
    )
    .pipe(z.array(accountKeySchema).max(maxCheckedAccounts, 'too_many')),
})
export type CheckMutesInput = z.infer<typeof checkMutesSchema>

/** The mute matrices of a list of accounts, by `accountRef`. */
export type MuteStatesDto = { states: Record<string, MuteStateDto[]>; serverNow: number }

/** A search's results with the mutes of each. */
export type AccountSearchDto = SearchDto & MuteStatesDto
