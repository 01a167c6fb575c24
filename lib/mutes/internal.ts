import 'server-only'
import { and, eq, inArray, type SQL, sql } from 'drizzle-orm'
import type { Db, Tx } from '@/lib/db'
import { moderators, muteChanges, muteCommands, muteStates } from '@/lib/db/schema'
import { databaseNow } from '@/lib/db/schema/columns'
import { AppError } from '@/lib/errors'
import { ProviderError, providerFailure } from '@/lib/provider/errors'
import type { MuteChange } from './changes'
import { inForce } from './ends'
import { type Ends, type MutePlace, statesAt } from './place'
import { backEndSeconds, leaseArrivalSeconds } from './rules'
import type { MuteFailure, MuteScope, Until } from './schemas'

export type StateRow = typeof muteStates.$inferSelect
export type CommandRow = typeof muteCommands.$inferSelect
export type ChangeRow = typeof muteChanges.$inferSelect

/** How long a moderator waits for a provider, all attempts together, in ms. */
export const patienceMs = 10_000

/** How long the calls of many commands that were claimed together may take, waiting for their turn included, in ms. */
export const patienceMsOfMany = 6_000

/**
 * How long after it left a call may still arrive, in seconds: for the client's deadline of 5 s it may be held up on
 * the way, and from then on the provider's back end may work on it.
 */
const arrivalSeconds = 5 + backEndSeconds

/** What `mayArriveUntil` becomes when a process may begin to send. */
export const arrivalOfLease = inSeconds(leaseArrivalSeconds)
/** What `mayArriveUntil` becomes when an answer was cut off: the call left before now. */
export const arrivalOfCutCall = inSeconds(arrivalSeconds)

/** The database's clock so many seconds from now. */
export function inSeconds(seconds: number): SQL {
  return sql`${databaseNow} + make_interval(secs => ${seconds})`
}

/** A command without its outcome. */
export const isOpen = inArray(muteCommands.status, ['requested', 'unknown'])

/** One sending of a command, or one reading of it: `attempts` is what the command's was then. */
export type Attempt = { commandId: string; attempts: number }

/** The command, unless the settling job has begun to send it again: then only that sending tells how it ends. */
export function isStill({ commandId, attempts }: Attempt): SQL | undefined {
  return and(eq(muteCommands.id, commandId), eq(muteCommands.attempts, attempts))
}

/** The call options of a moderator who waits. */
export function interactive() {
  return { priority: 'interactive', ...within(patienceMs) } as const
}

/** The call options of whoever sees a command through: nobody waits for one of many. */
export function waitingFor({ bulkId }: Pick<CommandRow, 'bulkId'>) {
  return bulkId === null ? interactive() : ({ priority: 'bulk', ...within(patienceMs) } as const)
}

/** The call options of what has to begin within so many ms from now. */
export function within(ms: number) {
  return { signal: AbortSignal.timeout(ms), notAfter: performance.now() + ms }
}

/** What of a provider error is kept and shown. Anything else is a bug and thrown on. */
export const failureOf: (error: unknown) => MuteFailure = providerFailure

/** A provider error as what a moderator is told: unreachable, or refused with the provider's code. */
export function asAppError(error: unknown): unknown {
  if (!(error instanceof ProviderError)) return error
  if (error.kind !== 'refused') return new AppError('PROVIDER_UNREACHABLE', { cause: error })
  const { providerCode } = error.options
  const details = { provider: error.provider, ...(providerCode === undefined ? {} : { providerCode }) }
  return new AppError('PROVIDER_REFUSED', { details, cause: error })
}

export async function statesOf(db: Db | Tx, place: MutePlace): Promise<Map<MuteScope, StateRow>> {
  const rows = await db.select().from(muteStates).where(statesAt(place))
  return new Map(rows.map((row) => [row.scope, row]))
}

/** What the provider said, unless the ledger changed after it was asked; undefined: there is no such word. */
export function observedOf(state: StateRow | undefined): Until | null | undefined {
  if (!state || state.observedAt === null) return undefined
  return state.changedAt !== null && state.changedAt > state.observedAt ? undefined : state.observedUntil
}

/**
 * What holds in a scope at `now`: the provider's word where there is one, otherwise the ledger's. An end that has passed
 * is one that the provider has not carried out yet.
 */
export function currentUntil(state: StateRow | undefined, now: number): Until | null {
  const observed = observedOf(state)
  if (observed === undefined) return inForce(state?.until ?? null, now)
  // An end that had passed when the provider still had the mute: it is over only when the provider says so.
  const isStillThere = typeof observed === 'number' && (state?.observedAt ?? 0) >= observed
  return isStillThere ? observed : inForce(observed, now)
}

export async function changesOf(db: Db | Tx, commandIds: string[]): Promise<Map<string, ChangeRow[]>> {
  const byCommand = new Map<string, ChangeRow[]>(commandIds.map((id) => [id, []]))
  if (commandIds.length === 0) return byCommand
  const rows = await db
    .select()
    .from(muteChanges)
    .where(inArray(muteChanges.commandId, commandIds))
    // As their place has them: one-to-one before all groups, everybody before roles.
    .orderBy(sql`${muteChanges.scope} = 'roles'`, sql`${muteChanges.scope} desc`)
  for (const row of rows) byCommand.get(row.commandId)?.push(row)
  return byCommand
}

/** A command with its author's name and its changes. Throws `NOT_FOUND`. */
export async function getCommand(db: Db | Tx, id: string) {
  const [row] = await db
    .select({ command: muteCommands, actorName: moderators.name })
    .from(muteCommands)
    .innerJoin(moderators, eq(moderators.id, muteCommands.actorId))
    .where(eq(muteCommands.id, id))
  if (!row) throw new AppError('NOT_FOUND')
  const changes = await changesOf(db, [id])
  return { ...row, changes: changes.get(id) ?? [] }
}

/** The changes as the audit and the browser take them. */
export function plainChanges(changes: readonly ChangeRow[]): MuteChange[] {
  return changes.map(({ scope, beforeUntil, afterUntil, beforeRoles, afterRoles }) => ({
    scope,
    before: beforeUntil,
    after: afterUntil,
    ...(scope === 'roles' && { beforeRoles, afterRoles }),
  }))
}

/** The changes as the provider takes them: scope → new end. */
export function providerChange(changes: readonly ChangeRow[]): Ends {
  const roles = changes.find(({ afterRoles }) => afterRoles !== null)?.afterRoles
  return {
    until: Object.fromEntries(changes.map(({ scope, afterUntil }) => [scope, afterUntil])),
    ...(roles && { roles }),
  }
}

/** The order in which rows of several states are locked, everywhere: by their bytes, as JavaScript compares ASCII. */
export const lockOrder = [
  muteStates.connection,
  muteStates.userId,
  muteStates.groupId,
  muteStates.topicId,
  muteStates.scope,
].map((column) => sql`${column} collate "C"`)
