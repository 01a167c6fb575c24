import 'server-only'
import { createHash } from 'node:crypto'
import { and, eq, gte, sql } from 'drizzle-orm'
import { canonicalJson } from '@/lib/audit/canonical'
import type { Actor } from '@/lib/auth/actor'
import type { Context } from '@/lib/context'
import type { Db } from '@/lib/db'
import { muteCommands } from '@/lib/db/schema'
import { AppError } from '@/lib/errors'
import { wake } from '@/lib/jobs/boss'
import { ProviderError } from '@/lib/provider/errors'
import { concludeCommand } from './conclude'
import type { Outcome } from './conclude-many'
import { commandDto } from './dto'
import { requireRolesInReach, withReplaced } from './group-wide'
import {
  type Attempt,
  arrivalOfCutCall,
  arrivalOfLease,
  asAppError,
  type CommandRow,
  failureOf,
  getCommand,
  inSeconds,
  interactive,
  isOpen,
  isStill,
  patienceMs,
  providerChange,
  type StateRow,
  statesOf,
  waitingFor,
} from './internal'
import { observe } from './observe'
import { readPlace, sendToPlace } from './place'
import { requirePossible } from './possible'
import { heldUntilOf } from './renewal'
import { type Plan, requestCommand, requireFree } from './request'
import { leaseSeconds } from './rules'
import type { MuteCommandDto, MuteScope } from './schemas'

/** Who is named as a command's author. */
type Author = Pick<Actor, 'id' | 'name'>

type Wish = Pick<Plan, 'kind' | 'place' | 'idempotencyKey' | 'reason' | 'undoOf' | 'basis' | 'roles'> & {
  scopes: readonly MuteScope[]
  /** what the moderator sent, for telling a double submit from a reused key */
  input: object
  /** the end each scope shall have, given what holds at `now`; throws `AppError` where the wish makes no sense */
  decide(states: Map<MuteScope, StateRow>, now: number): Plan['after'] | Promise<Plan['after']>
}

/**
 * One mute command from wish to outcome: the provider is read, the command is written down (tx 1), the provider is
 * called, the outcome is written down (tx 2), the provider is read back. Whatever stops it in between, the settling
 * job finds the command and ends it. The same idempotency key with the same input gives the first command again.
 * The command is given back still open when the settling job began to send it again before its outcome was written.
 *
 * Throws `ACCOUNT_NOT_FOUND`, `PROVIDER_UNREACHABLE` or `PROVIDER_REFUSED` before anything was written or sent, and
 * what `requestCommand` and `decide` throw. Once the command is written, its failure is in its status, not thrown.
 */
export async function runCommand(context: Context, actor: Author, wish: Wish): Promise<MuteCommandDto> {
  const inputHash = createHash('sha256')
    .update(canonicalJson({ kind: wish.kind, input: wish.input }))
    .digest('hex')
  const earlier = await findEarlier(context, actor, wish.idempotencyKey, inputHash)
  if (earlier) return commandDto(context, actor, earlier)

  await readBefore(context, wish)
  const now = context.clock.now()
  const { id, isNew } = await decideAndRequest(context, actor, wish, { inputHash, now }).catch(
    async (error: unknown) => {
      // The other half of a double submit may have come first; then its command is the answer, not the race.
      const first = await findEarlier(context, actor, wish.idempotencyKey, inputHash)
      if (!first) throw error
      return { id: first, isNew: false }
    },
  )
  if (isNew) {
    try {
      await sendCommand(context, id, { takenAt: now, actorId: actor.id, actorName: actor.name })
    } catch (error) {
      await wake('settle-mutes', leaseSeconds)
      throw error
    }
  }
  return commandDto(context, actor, id)
}

async function decideAndRequest(
  context: Context,
  actor: Author,
  wish: Wish,
  { inputHash, now }: { inputHash: string; now: number },
) {
  const { place, kind, idempotencyKey, reason, undoOf, roles } = wish
  const states = await statesOf(context.db, place)
  // The database decides below; this tells a late comer who was first before anything else about the wish.
  const { scopes, basis, replaced } = withReplaced(context, wish, states)
  for (const scope of scopes) await requireFree(context.db, states.get(scope), basis[scope] ?? 0)
  const after = { ...replaced, ...(await wish.decide(states, now)) }
  if (after.roles)
    await requireRolesInReach(context, place, roles ?? states.get('roles')?.roles ?? [], interactive())
  const plan: Plan = { place, kind, idempotencyKey, inputHash, reason, after, basis }
  return requestCommand(
    context.db,
    actor,
    { ...plan, ...(undoOf && { undoOf }), ...(roles && { roles }) },
    now,
  )
}

async function findEarlier(
  context: Context,
  actor: Author,
  key: string,
  inputHash: string,
): Promise<string | null> {
  const [earlier] = await context.db
    .select({ id: muteCommands.id, inputHash: muteCommands.inputHash })
    .from(muteCommands)
    .where(and(eq(muteCommands.actorId, actor.id), eq(muteCommands.idempotencyKey, key)))
  if (earlier && earlier.inputHash !== inputHash) throw new AppError('IDEMPOTENCY_MISMATCH')
  return earlier?.id ?? null
}

/** What holds now, so that the command knows what it replaces; and whether there is anybody to mute. */
async function readBefore(context: Context, { place, scopes }: Wish): Promise<void> {
  const [possible, reading] = await Promise.allSettled([
    requirePossible(context, place, interactive(), scopes),
    readPlace(context, place, interactive()),
  ])
  if (possible.status === 'rejected') throw asAppError(possible.reason)
  if (reading.status === 'rejected') throw asAppError(reading.reason)
  await observe(context.db, place, reading.value)
}

/**
 * Sends a requested command to the provider and writes its outcome down. Seconds are computed by the adapter at the
 * moment of the call, so sending the same command later or again never moves its end. A process that was held up
 * since `takenAt` for longer than the lease allows sends nothing: the settling job may have come in between.
 * `leaseUntil`, of the settling job's lease: nobody waits, so what surely had no effect and may be tried again is left
 * for the next round, with the failure noted.
 */
export async function sendCommand(context: Context, commandId: string, by: Sender): Promise<void> {
  const { command, changes } = await getCommand(context.db, commandId)
  const isInTime = context.clock.now() - by.takenAt <= leaseSeconds * 1000 - patienceMs
  // From here on: what is sent is cut off before the lease ends.
  const options = waitingFor(command)
  const attempts = isInTime ? await mayBegin(context.db, command, by) : undefined
  if (attempts === undefined) return wake('settle-mutes', leaseSeconds)
  const attempt = { commandId, attempts }
  const sentAt = context.clock.now()
  const outcome = await sendToPlace(context, command, providerChange(changes), options).then(
    (): SendOutcome => ({
      status: 'applied',
      heldUntil: heldUntilOf(context, command, changes, sentAt),
    }),
    outcomeOfError,
  )
  if (by.leaseUntil !== undefined && outcome.status !== 'applied') {
    await noteFailure(context.db, attempt, outcome)
    if (outcome.status === 'rejected' && outcome.isRetryable) return
  }
  const { actorId, actorName } = by
  const answeredAt = context.clock.now()
  const decided = await concludeCommand(context.db, attempt, outcome, { actorId, actorName }, answeredAt)
  if (decided && outcome.status === 'applied') await verify(context, command)
  if (outcome.status === 'unknown') await wake('settle-mutes')
}

type Sender = { takenAt: number; actorId: string | null; actorName: string; leaseUntil?: number }
type SendOutcome = Outcome & { isRetryable?: boolean }

/**
 * The number of the attempt that may begin. The settling job's is counted, if its lease is still its own and long
 * enough; nobody else's is.
 */
async function mayBegin(
  db: Db,
  { id, attempts }: CommandRow,
  { leaseUntil }: Sender,
): Promise<number | undefined> {
  if (leaseUntil === undefined) return attempts
  const [counted] = await db
    .update(muteCommands)
    .set({ attempts: sql`${muteCommands.attempts} + 1`, mayArriveUntil: arrivalOfLease })
    .where(
      and(
        eq(muteCommands.id, id),
        isOpen,
        eq(muteCommands.leaseUntil, leaseUntil),
        gte(muteCommands.leaseUntil, inSeconds(patienceMs / 1000)),
      ),
    )
    .returning({ attempts: muteCommands.attempts })
  return counted?.attempts
}

/** Keeps why a re-send failed, for the command's end, and until when it may arrive after all. */
async function noteFailure(
  db: Db,
  attempt: Attempt,
  { status, failure }: Exclude<Outcome, { status: 'applied' }>,
): Promise<void> {
  const mayArriveUntil = status === 'unknown' ? arrivalOfCutCall : null
  await db
    .update(muteCommands)
    .set({ failure, mayArriveUntil })
    .where(and(isStill(attempt), isOpen))
}

function outcomeOfError(error: unknown): SendOutcome {
  if (!(error instanceof ProviderError)) throw error
  const failure = failureOf(error)
  const { effect } = error.options
  // `cancelled`: its turn did not come while somebody waited for it; nobody has refused it.
  const retryable = error.options.retryable || error.kind === 'cancelled'
  return effect === 'unknown'
    ? { status: 'unknown', failure }
    : { status: 'rejected', failure, isRetryable: retryable }
}

/** Reads back. A provider that does not answer now leaves the command applied and not yet verified. */
async function verify(context: Context, command: CommandRow): Promise<void> {
  try {
    await observe(context.db, command, await readPlace(context, command, waitingFor(command)))
  } catch (error) {
    if (!(error instanceof ProviderError) && !(error instanceof AppError)) throw error
  }
}
