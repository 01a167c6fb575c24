import * as z from 'zod'
import { connectionKeySchema } from '@/lib/accounts/schemas'
import type { CommandKind } from './schemas'

/** How many changes of one connection are named. */
export const maxNamedStranded = 10

export const endStrandedMutesSchema = z.strictObject({ connection: connectionKeySchema })
export type EndStrandedMutesInput = z.infer<typeof endStrandedMutesSchema>

/** What is left of a connection that is not in the connections file: changes whose outcome nobody can ask for. */
export type StrandedDto = {
  connection: string
  count: number
  /** the oldest of them */
  commands: {
    id: string
    kind: CommandKind
    /** empty: everybody in the group */
    userId: string
    /** null: everywhere in the connection */
    groupId: string | null
    actorName: string
    requestedAt: number
  }[]
}
