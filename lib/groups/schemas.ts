import * as z from 'zod'
import { type ConnectionFailure, connectionKeySchema } from '@/lib/accounts/schemas'
import type { ProviderErrorKind } from '@/lib/provider/errors'
import type { GroupCapabilities, GroupType, RolesMute, Until } from '@/lib/provider/port'
import { groupIdError, maxGroupQueryLength } from './rules'

const printableId = () =>
  z.string('invalid').superRefine((text, { addIssue }) => {
    const error = groupIdError(text)
    if (error) addIssue(error)
  })

/** A group's id as both providers take it. Spaces, `#`, `%` and `@` are legal; never trimmed. */
export const groupIdSchema = printableId()

/** The id of a topic of a community. */
export const topicIdSchema = printableId()

/** One group: a connection and an id in it. */
export const groupKeySchema = z.strictObject({ connection: connectionKeySchema, groupId: groupIdSchema })
export type GroupKey = z.infer<typeof groupKeySchema>

/** `q` of the search for groups: an id or a part of a name; empty lists the largest ones. */
export const findGroupsSchema = z.strictObject({
  q: z.string('invalid').max(maxGroupQueryLength, 'too_long').default(''),
  connection: connectionKeySchema.optional(),
})
export type FindGroupsInput = z.input<typeof findGroupsSchema>

export type GroupDto = {
  connection: { key: string; name: string; provider: 'tencent' | 'zego' }
  groupId: string
  /** null until the provider was asked about this very group */
  type: GroupType | null
  name: string | null
  memberCount: number | null
  /** when it was found to be gone, epoch ms */
  dissolvedAt: number | null
}

export type GroupViewDto = {
  group: GroupDto
  ownerId: string | null
  /** the provider's word; null: it could not be asked */
  exists: boolean | null
  /** what can be done in groups of its type; null: the type is not known */
  can: GroupCapabilities | null
  /** of a community */
  topics: { topicId: string; name: string | null }[]
  /** the mute of everybody in it, and that of roles; null: there is none, or the provider did not tell */
  everyone: Until | null
  roles: RolesMute | null
  failure: ConnectionFailure | null
  /** the server's clock when this was made, epoch ms */
  serverNow: number
}

/** How far the list of a connection's groups has come. */
export type GroupSyncDto = {
  connection: GroupDto['connection']
  /** `waiting`: never begun */
  status: 'waiting' | 'running' | 'done'
  listed: number
  /** how many there are, where the provider says */
  total: number | null
  /** when the list was last whole, epoch ms */
  finishedAt: number | null
  /** why it does not go on; it is tried again by itself */
  failure: GroupSyncFailure | null
}

/** `interrupted`: the console itself failed at it. */
export type GroupSyncFailure = { kind: ProviderErrorKind | 'interrupted'; providerCode?: number }

export type FindGroupsDto = {
  /** the very id first, then the best matches */
  groups: GroupDto[]
  /** there are more matches than are shown */
  hasMore: boolean
  /** connections that could not be asked for the exact id */
  failures: ConnectionFailure[]
  syncs: GroupSyncDto[]
}
