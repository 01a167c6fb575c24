import 'server-only'
import { and, eq, lt, sql } from 'drizzle-orm'
import type { Actor } from '@/lib/auth/actor'
import { requirePermission } from '@/lib/auth/require-permission'
import type { Context } from '@/lib/context'
import { muteCommands } from '@/lib/db/schema'
import { databaseNow } from '@/lib/db/schema/columns'
import { AppError } from '@/lib/errors'
import { ProviderError } from '@/lib/provider/errors'
import { concludeCommand } from './conclude'
import type { Outcome } from './conclude-many'
import { commandDto } from './dto'
import { inForce } from './ends'
import { parseFailure } from './failure'
import { type Held, sameHeld } from './held'
import {
  type ChangeRow,
  type CommandRow,
  getCommand,
  inSeconds,
  interactive,
  isOpen,
  statesOf,
  waitingFor,
} from './internal'
import { observe } from './observe'
import { type MutePlace, type Reading, readPlace } from './place'
import { seenThrough } from './renewal'
import { sameRoles } from './role-rules'
import { leaseSeconds } from './rules'
import { sendCommand } from './run'
import type { MuteCommandDto, SettleMuteInput, Until } from './schemas'

/** How often a command that surely did not arrive is sent again before it is given up. */
export const maxAttempts = 20
const system = { actorId: null, actorName: 'system' }

/** A moderator's "check now" on a command whose outcome is not known. Throws `FORBIDDEN` and `NOT_FOUND`. */
export async function settleMute(
  context: Context,
  actor: Actor,
  input: SettleMuteInput,
): Promise<MuteCommandDto> {
  requirePermission(actor, 'mutes:apply')
  await settleCommand(context, input.commandId)
  return commandDto(context, actor, input.commandId)
}

/**
 * Ends one command that is `unknown`, or still `requested` after its process died: reads the provider back first, and
 * sends again only what surely did not take effect. While a call may still be on its way, only what shows that it has
 * arrived counts: anything else would free the account for a colleague whose change the late call could undo. Absolute
 * ends make the second sending harmless. Does nothing when the command is settled or another process holds its lease.
 */
export async function settleCommand(context: Context, commandId: string): Promise<void> {
  const takenAt = context.clock.now()
  const lease = await takeLease(context, commandId)
  if (!lease) return
  const { command, changes } = await getCommand(context.db, commandId)
  let reading: Reading
  try {
    reading = await readPlace(context, command, waitingFor(command))
  } catch (error) {
    // The provider cannot be read now: the command stays as it is and the next round tries again.
    if (!(error instanceof AppError) && !(error instanceof ProviderError)) throw error
    if (await isGroupGone(context, command, error)) await concludeGone(context, command)
    return
  }
  const { seen, heldUntil } = seenThrough(
    context,
    command,
    changes,
    await statesOf(context.db, command),
    reading,
  )
  const verdict = judge(changes, seen, context.clock.now())
  if (lease.mayStillArrive && !showsArrival(changes, verdict, seen, context.clock.now()))
    return releaseLease(context, commandId, lease)
  if (verdict === 'send' && command.attempts < maxAttempts)
    return sendCommand(context, commandId, { ...system, takenAt, leaseUntil: lease.leaseUntil })
  const lastFailure = parseFailure(command.failure) ?? { kind: 'interrupted' as const }
  const decided: Outcome = verdict === 'send' ? { status: 'rejected', failure: lastFailure } : verdict
  const outcome: Outcome = decided.status === 'applied' ? { ...decided, heldUntil } : decided
  const { attempts } = command
  await concludeCommand(context.db, { commandId, attempts }, outcome, system, reading.askedAt)
  await observe(context.db, command, reading)
}

/** With its group a mute is gone for good: nothing is to be waited for. Any other failure to read is one for now. */
async function isGroupGone(
  context: Context,
  { connection, groupId }: MutePlace,
  error: AppError | ProviderError,
): Promise<boolean> {
  if (error instanceof AppError) return error.code === 'GROUP_NOT_FOUND'
  if (groupId === '' || error.kind !== 'refused') return false
  const groups = await context
    .provider(connection)
    .getGroups([groupId], interactive())
    .catch(() => null)
  return groups !== null && !groups.has(groupId)
}

async function concludeGone(context: Context, { id, attempts }: CommandRow): Promise<void> {
  const outcome: Outcome = { status: 'rejected', failure: { kind: 'overtaken' } }
  await concludeCommand(context.db, { commandId: id, attempts }, outcome, system, context.clock.now())
}

/** A call may be on its way for so long, in ms; the provider counts the seconds of a mute from when it arrived. */
const latestArrivalMs = leaseSeconds * 1000
/** An end that lies this much later than asked for was moved by a late call, in ms; less is rounding. */
const lateFromMs = 2_000

/**
 * Whether the provider shows what the command asked for, what held before it, or something else. A call that arrived
 * late put the end later by as much: `send` then sets it right.
 */
export function judge(changes: readonly ChangeRow[], reading: Reading, now: number): Outcome | 'send' {
  const shown = (change: ChangeRow) => {
    const until = reading.until[change.scope] ?? null
    const isOn = reading.keepsNoEnd && until === 'forever' && change.afterUntil !== null
    return isOn ? change.afterUntil : until
  }
  // A scope that the answer left out was not read: it neither confirms a lift nor speaks of somebody else.
  const isRead = (change: ChangeRow) => reading.until[change.scope] !== undefined
  const heldNow = (change: ChangeRow, expected: Until | null) => ({
    until: nearest(shown(change), expected, reading.tookMs ?? 0),
    roles: change.scope === 'roles' ? (reading.roles ?? null) : null,
  })
  const heldAfter = (change: ChangeRow) => heldNow(change, change.afterUntil)
  // Once its end has passed, a mute that was applied and one that never was look the same.
  const hasPassed = ({ afterUntil }: ChangeRow) => afterUntil !== null && inForce(afterUntil, now) === null
  const isOver =
    changes.some(hasPassed) && changes.every((change) => hasPassed(change) || changesNothing(change, now))
  // What does not end by itself has not ended because its time has passed.
  const isOn = reading.keepsNoEnd && changes.every((change) => shown(change) !== null)
  if (isOver && !isOn) return { status: 'rejected', failure: { kind: 'too_late' } }
  const lateMs = (change: ChangeRow) => {
    const { until } = heldAfter(change)
    const { afterUntil } = change
    return typeof until === 'number' && typeof afterUntil === 'number' ? until - afterUntil : 0
  }
  const isApplied = (change: ChangeRow) => isRead(change) && sameHeld(heldAfter(change), afterOf(change), now)
  if (changes.every((change) => isApplied(change) && lateMs(change) <= lateFromMs))
    return { status: 'applied' }
  const isLate = (change: ChangeRow) =>
    lateMs(change) > 0 &&
    lateMs(change) <= latestArrivalMs &&
    sameRoles(heldAfter(change).roles, change.afterRoles)
  const isAfter = (change: ChangeRow) => isApplied(change) || isLate(change)
  const isBefore = (change: ChangeRow) =>
    !isRead(change) ||
    // "On" cannot show that somebody else has set another end.
    (reading.keepsNoEnd && shown(change) === 'forever') ||
    sameHeld(heldNow(change, change.beforeUntil), beforeOf(change), now)
  // Everybody's mute and that of roles are one at the provider: half of what held before is somebody else's change.
  const isExplained = changes.some(({ scope }) => scope === 'roles')
    ? changes.every(isBefore) || changes.every(isAfter)
    : changes.every((change) => isBefore(change) || isAfter(change))
  return isExplained ? 'send' : { status: 'rejected', failure: { kind: 'overtaken' } }
}

/**
 * Of the ends that an answer may mean, the one nearest to what is expected. A provider counts what remains when it is
 * asked: the end may lie as much earlier as its answer took, on a machine that stood still for many seconds.
 */
function nearest(shown: Until | null, expected: Until | null, tookMs: number): Until | null {
  if (typeof shown !== 'number' || typeof expected !== 'number') return shown
  return Math.min(shown, Math.max(expected, shown - tookMs))
}

/** Whether a verdict tells that the command's call has arrived: not when there was nothing for it to change. */
function showsArrival(
  changes: readonly ChangeRow[],
  verdict: Outcome | 'send',
  { keepsNoEnd }: Reading,
  now: number,
): boolean {
  const isApplied = verdict !== 'send' && verdict.status === 'applied'
  return (
    isApplied &&
    changes.some((change) =>
      // From "on" to "on" nothing can be seen.
      keepsNoEnd && change.beforeUntil !== null && change.afterUntil !== null
        ? false
        : !changesNothing(change, now),
    )
  )
}

const beforeOf = ({ beforeUntil, beforeRoles }: ChangeRow): Held => ({
  until: beforeUntil,
  roles: beforeRoles,
})
const afterOf = ({ afterUntil, afterRoles }: ChangeRow): Held => ({ until: afterUntil, roles: afterRoles })

/** Whether it leaves a scope as it is: the one that another one of the command could have replaced. */
function changesNothing(change: ChangeRow, now: number): boolean {
  return sameHeld(beforeOf(change), afterOf(change), now)
}

type Lease = { leaseUntil: number; mayStillArrive: boolean }

async function takeLease(context: Context, commandId: string): Promise<Lease | undefined> {
  const [taken] = await context.db
    .update(muteCommands)
    .set({ leaseUntil: inSeconds(leaseSeconds) })
    .where(and(eq(muteCommands.id, commandId), isOpen, lt(muteCommands.leaseUntil, databaseNow)))
    .returning({
      leaseUntil: muteCommands.leaseUntil,
      mayStillArrive: sql<boolean>`coalesce(${muteCommands.mayArriveUntil} > ${databaseNow}, false)`,
    })
  return taken
}

async function releaseLease(context: Context, commandId: string, { leaseUntil }: Lease): Promise<void> {
  await context.db
    .update(muteCommands)
    .set({ leaseUntil: databaseNow })
    .where(and(eq(muteCommands.id, commandId), eq(muteCommands.leaseUntil, leaseUntil)))
}
