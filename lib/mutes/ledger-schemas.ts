import * as z from 'zod'
import { connectionKeySchema, userIdSchema } from '@/lib/accounts/schemas'
import { groupIdSchema, topicIdSchema } from '@/lib/groups/schemas'
import { drifts, muteScopes, reasonCategories } from './rules'
import type { Drift, MuteScope, Reason, Until } from './schemas'

/** Mutes on one page of the ledger. */
export const ledgerPageSize = 50
/** Mutes that one export holds at most. */
export const maxExportedMutes = 10_000

/** How soon a mute shall end, in seconds; `never` are those without an end. */
export const endWindows = { '1h': 3_600, '24h': 86_400, '7d': 604_800, never: null } as const
export type EndWindow = keyof typeof endWindows
const endWindowNames = Object.keys(endWindows) as [EndWindow, ...EndWindow[]]

/**
 * How a mute came to be: by a command of its own, in a run over many, or by the decision of a case; one that a run gave
 * for a case is in both lists.
 */
export const ledgerCauses = ['single', 'bulk', 'case'] as const

const filters = {
  connection: connectionKeySchema.optional(),
  scope: z.enum(muteScopes, 'invalid').optional(),
  groupId: groupIdSchema.optional(),
  /** who gave the command that the ledger's mute comes from */
  actorId: z.uuid('invalid').optional(),
  category: z.enum(reasonCategories, 'invalid').optional(),
  cause: z.enum(ledgerCauses, 'invalid').optional(),
  ends: z.enum(endWindowNames, 'invalid').optional(),
  /** only those that the provider tells otherwise than the ledger; also those that it tells are over */
  drift: z.enum(['only', ...drifts], 'invalid').optional(),
}

/** What the list of mutes in force is narrowed to; all given fields must hold. */
export const ledgerFiltersSchema = z.strictObject(filters)
export type LedgerFilters = z.infer<typeof ledgerFiltersSchema>

/** A mute's place in the list's order. */
export type LedgerCursor = {
  until: Until
  connection: string
  userId: string
  groupId: string
  topicId: string
  scope: MuteScope
}

/** A cursor as an address has it: a line for each part. Ids have no line breaks. */
export function writeCursor({ until, connection, userId, groupId, topicId, scope }: LedgerCursor): string {
  return [until, connection, userId, groupId, topicId, scope].join('\n')
}

const cursorSchema = z
  .string('invalid')
  .max(500, 'invalid')
  .transform((text) => text.split('\n'))
  .pipe(
    z.tuple(
      [
        z.literal('forever').or(
          z
            .string()
            .regex(/^\d{1,15}$/)
            .transform(Number),
        ),
        connectionKeySchema,
        userIdSchema.or(z.literal('')),
        groupIdSchema.or(z.literal('')),
        topicIdSchema.or(z.literal('')),
        z.enum(muteScopes, 'invalid'),
      ],
      'invalid',
    ),
  )
  .transform(
    ([until, connection, userId, groupId, topicId, scope]): LedgerCursor => ({
      until,
      connection,
      userId,
      groupId,
      topicId,
      scope,
    }),
  )

/** A page of the list: the first one, or what follows or precedes a mute that was shown. */
export const listInForceSchema = z
  .strictObject({ ...filters, after: cursorSchema.optional(), before: cursorSchema.optional() })
  .refine(({ after, before }) => !after || !before, { path: ['before'], error: 'invalid' })
export type ListInForceInput = z.infer<typeof listInForceSchema>

/** One mute that holds, or that does by the ledger alone. */
export type MuteInForceDto = {
  connection: string
  /** empty: everybody in the group */
  userId: string
  /** from the directory */
  nickname: string | null
  /** null: everywhere in the connection */
  groupId: string | null
  groupName: string | null
  topicId: string | null
  scope: MuteScope
  /** of the ledger's row, for whoever decides about it */
  version: number
  /** where it was lifted outside: the ledger's end */
  until: Until
  /** what the ledger says, if it is still ahead */
  ledgerUntil: Until | null
  /** whom a mute of roles is for; null in every other scope */
  roles: number[] | null
  /** whom `ledgerUntil` is for, likewise */
  ledgerRoles: number[] | null
  drift: Drift | null
  /** the command behind the ledger's mute; null: the ledger has none in force here, or took it over from outside */
  cause: {
    actorName: string
    requestedAt: number
    reason: Reason
    /** the run that it came with; null: none */
    bulkId: string | null
    /** the case whose decision it stands by, the first of several; null: none */
    case: { id: string; number: number } | null
  } | null
  /** when the provider was read last; null: never */
  checkedAt: number | null
}

/** The mutes that end soonest first, those without an end last. */
export type LedgerPageDto = {
  mutes: MuteInForceDto[]
  /** the `after` of the page that follows, null on the last one */
  next: string | null
  /** the `before` of the page that precedes, null on the first one */
  previous: string | null
  serverNow: number
}
