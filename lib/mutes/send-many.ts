import 'server-only'
import { setTimeout as delay } from 'node:timers/promises'
import { and, eq, inArray } from 'drizzle-orm'
import type { Context } from '@/lib/context'
import { muteCommands } from '@/lib/db/schema'
import { ProviderError } from '@/lib/provider/errors'
import type { CallOptions, MutePermit } from '@/lib/provider/port'
import { concludeMany, type OutcomeOfMany } from './conclude-many'
import { failureOf, inSeconds, isOpen, patienceMsOfMany, within } from './internal'
import { type MutePlace, sendToPlace } from './place'
import { placeRef } from './read-account-places'
import { readBackMany } from './read-back-many'
import { heldUntilOf } from './renewal'
import { leaseSecondsOfMany } from './rules'
import type { MuteFailure, MuteScope, Until } from './schemas'

/** A command on record that is to be sent now. */
export type SendingOfMany = {
  commandId: string
  place: MutePlace
  /** scope → the end it shall have */
  ends: Partial<Record<MuteScope, Until | null>>
}

/** How a sending of many went. */
export type SentMany = {
  /** the provider would refuse whatever this connection sends: its secret, its rights or its set-up is wrong */
  blocked: { failure: MuteFailure; commandIds: string[] } | null
  /** nothing came through, and trying again at once would not help */
  isHeldUp: boolean
  /** ends, without failing, when what was applied has been read back */
  readBack: Promise<void>
}

/** How long what had no effect waits until it is sent again, in seconds. */
const retrySeconds = 1
/**
 * The reading's permit and its request are out by then, in ms. An embedded database holds the whole process while it
 * writes hundreds of outcomes: the reading would only begin after them.
 */
const headStartMs = 5

/**
 * Sends requested commands of one connection, all in groups or all of whole accounts, in as few calls as the provider
 * takes them, and writes their outcomes down. Seconds are computed by the adapter at the moment of each call. A process
 * that was held up since `takenAt` for longer than the lease allows sends nothing. What surely had no effect and may be
 * tried again, and what nobody knows the outcome of, is left to the settling job. Never throws for what the provider
 * does.
 */
export async function sendMany(
  context: Context,
  sendings: readonly SendingOfMany[],
  by: { takenAt: number; author: { actorId: string; actorName: string }; permit: MutePermit },
): Promise<SentMany> {
  // The settling job may have come in between: it has a lease of its own.
  const isInTime = context.clock.now() - by.takenAt <= leaseSecondsOfMany * 1000 - patienceMsOfMany
  if (!isInTime) return { blocked: null, isHeldUp: true, readBack: Promise.resolve() }
  const options = { priority: 'bulk', ...within(patienceMsOfMany) } as const
  const sentAt = context.clock.now()
  const results = await call(context, sendings, options, by.permit)
  const isBlocked = ({ error }: Result) => error?.options.isConnectionWide === true
  const isRetried = ({ error }: Result) =>
    error?.options.effect === 'none' &&
    // `cancelled`: its turn did not come before the claim ran out.
    (error.options.retryable || error.kind === 'cancelled') &&
    !error.options.isConnectionWide
  const retried = results.filter(isRetried)
  await leaveForLater(context, retried)
  const decided = results.filter((result) => !isRetried(result))
  const sendingOf = new Map(sendings.map((sending) => [sending.commandId, sending]))
  const outcomes = decided.map((result): OutcomeOfMany => {
    const sending = sendingOf.get(result.commandId)
    return toOutcome(result, sending ? heldUntilOfSending(context, sending, sentAt) : null)
  })
  // Asked while the outcomes are written down; the transaction does not wait for it.
  const applied = new Set(decided.flatMap(({ commandId, error }) => (error ? [] : [commandId])))
  const done = sendings.filter(({ commandId }) => applied.has(commandId))
  const reading = readBackMany(
    context,
    done.map(({ place }) => place),
  )
  await delay(headStartMs)
  await concludeMany(context.db, outcomes, by.author)
  const blocked = results.filter(isBlocked)
  return {
    blocked: blocked[0]?.error
      ? { failure: failureOf(blocked[0].error), commandIds: blocked.map(({ commandId }) => commandId) }
      : null,
    isHeldUp: retried.length === results.length,
    readBack: reading.note(),
  }
}

type Result = { commandId: string; error: ProviderError | null; at: number }

function heldUntilOfSending(context: Context, { place, ends }: SendingOfMany, sentAt: number) {
  const changes = Object.values(ends).map((afterUntil) => ({ afterUntil }))
  return heldUntilOf(context, place, changes, sentAt)
}

function toOutcome({ commandId, error, at }: Result, heldUntil: number | null): OutcomeOfMany {
  const attempt = { commandId, attempts: 0 }
  if (!error) return { attempt, outcome: { status: 'applied', heldUntil }, at }
  const status = error.options.effect === 'unknown' ? 'unknown' : 'rejected'
  return { attempt, outcome: { status, failure: failureOf(error) }, at }
}

async function call(
  context: Context,
  sendings: readonly SendingOfMany[],
  options: CallOptions,
  permit: MutePermit,
): Promise<Result[]> {
  const isInGroup = sendings[0]?.place.groupId !== ''
  if (isInGroup) return callForMembers(context, sendings, { ...options, permit })
  const calls = sendings.map(async ({ commandId, place, ends }, index) => {
    const error = await sendToPlace(
      context,
      place,
      { until: ends },
      index === 0 ? { ...options, permit } : options,
    ).then(() => null, asProviderError)
    return { commandId, error, at: context.clock.now() }
  })
  return Promise.all(calls)
}

/** Those of one group who get the same end go together; the calls for several wait for their turns side by side. */
async function callForMembers(
  context: Context,
  sendings: readonly SendingOfMany[],
  options: CallOptions,
): Promise<Result[]> {
  const { permit, ...others } = options
  const endOf = ({ ends }: SendingOfMany) => ends.topic ?? ends.group ?? null
  const together = byGroup(sendings).flatMap((of) => [...Map.groupBy(of, endOf)])
  const calls = together.map(([until, same], index) =>
    callForSameEnd(context, same, until, index === 0 ? options : others),
  )
  return (await Promise.all(calls)).flat()
}

function byGroup(sendings: readonly SendingOfMany[]): SendingOfMany[][] {
  return [...Map.groupBy(sendings, ({ place }) => placeRef(place)).values()]
}

async function callForSameEnd(
  context: Context,
  same: readonly SendingOfMany[],
  until: Until | null,
  options: CallOptions,
): Promise<Result[]> {
  const [first] = same
  if (!first) return []
  const { connection, groupId, topicId } = first.place
  const provider = context.provider(connection)
  const place = topicId === '' ? { groupId } : { groupId, topicId }
  const userIds = same.map((sending) => sending.place.userId)
  const answer = await provider
    .setMemberMutes(place, userIds, until, options)
    .catch((error: unknown) => asProviderError(error))
  const at = context.clock.now()
  const errorOf = (userId: string) => {
    if (answer instanceof ProviderError) return answer
    const outcome = answer.get(userId)
    if (!outcome) return new ProviderError(provider.name, 'malformed', { effect: 'unknown', retryable: true })
    return outcome.ok ? null : new ProviderError(provider.name, 'refused', outcome)
  }
  return same.map((sending) => ({
    commandId: sending.commandId,
    error: errorOf(sending.place.userId),
    at,
  }))
}

function asProviderError(error: unknown): ProviderError {
  if (error instanceof ProviderError) return error
  throw error
}

/** Ends the leases, so that the settling job sends them again; it reads back first. */
async function leaveForLater({ db }: Context, results: readonly Result[]): Promise<void> {
  const byFailure = Map.groupBy(results, ({ error }) => JSON.stringify(error && failureOf(error)))
  for (const [failure, same] of byFailure) {
    await db
      .update(muteCommands)
      .set({
        failure: JSON.parse(failure) as MuteFailure,
        mayArriveUntil: null,
        leaseUntil: inSeconds(retrySeconds * (1 + Math.random())),
      })
      .where(
        and(
          inArray(
            muteCommands.id,
            same.map(({ commandId }) => commandId),
          ),
          eq(muteCommands.attempts, 0),
          isOpen,
        ),
      )
  }
}
