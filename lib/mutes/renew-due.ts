import 'server-only'
import { and, desc, eq, gt, gte, isNull, lte, ne, notExists, or, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import type { Context } from '@/lib/context'
import { moderators, muteCommands, muteStates } from '@/lib/db/schema'
import { AppError } from '@/lib/errors'
import { errorFields, log } from '@/lib/log'
import { derivedKey } from './derived-key'
import { forgetMute } from './forget'
import { inSeconds } from './internal'
import { placeOf } from './place'
import { isOursToRenew, isReplaced, renewAheadMs } from './renewal'
import { runCommand } from './run'

/** How long after a refused try the next one is made at the earliest, in seconds: there is a day for them. */
const pauseSeconds = 600

/**
 * Sends the ends of those mutes again that their provider does not hold until then (ZEGO: for 30 days at once), before
 * it lets go of them: a command of its own, in the name of whoever set the mute, that goes the way of all commands.
 * What cannot be sent now is tried again by the next round, also after the provider has let go; several instances at
 * once renew each mute once. What somebody changed elsewhere is left for a person to decide. Returns how many were due.
 */
export async function renewDueMutes(context: Context): Promise<number> {
  // A provider that does not answer keeps the mutes of no other waiting.
  const due = await Promise.all(context.connections.map(({ key }) => renewDueAt(context, key)))
  return due.reduce((sum, count) => sum + count, 0)
}

async function renewDueAt(context: Context, connection: string): Promise<number> {
  const due = await findDue(context, connection)
  for (const { state, command, actorName, last } of due) {
    const { scope, version } = state
    try {
      await runCommand(
        context,
        { id: command.actorId, name: actorName },
        {
          kind: 'renew',
          place: placeOf(state),
          // One renewal follows upon each: whoever finds the same mute due finds the same one before.
          idempotencyKey: derivedKey(`renew ${command.id} ${version} ${last ?? ''}`),
          reason: { category: command.reasonCategory, text: command.reasonText },
          scopes: [scope],
          basis: { [scope]: version },
          input: { renews: command.id, version, after: last },
          decide(states, now) {
            const fresh = states.get(scope)
            if (!fresh || !isOursToRenew(fresh, now) || isReplaced(states, scope, now))
              throw new AppError('MUTE_CHANGED')
            return { [scope]: fresh.until }
          },
        },
      )
    } catch (error) {
      // Whatever keeps one from being renewed must not keep the others waiting.
      if (isGone(error)) await forgetMute(context, state)
      else log.warn({ ...placeOf(state), ...errorFields(error) }, 'a mute could not be renewed yet')
    }
  }
  return due.length
}

function isGone(error: unknown): boolean {
  return error instanceof AppError && (error.code === 'GROUP_NOT_FOUND' || error.code === 'NOT_A_MEMBER')
}

const renewals = alias(muteCommands, 'renewals')
const others = alias(muteStates, 'others')

async function findDue({ db, clock }: Context, connection: string) {
  const now = clock.now()
  const ofThis = and(
    eq(renewals.kind, 'renew'),
    eq(renewals.connection, muteStates.connection),
    eq(renewals.userId, muteStates.userId),
    eq(renewals.groupId, muteStates.groupId),
    eq(renewals.topicId, muteStates.topicId),
  )
  const last = db
    .select({ id: renewals.id })
    .from(renewals)
    .where(ofThis)
    .orderBy(desc(renewals.requestedAt), desc(renewals.id))
    .limit(1)
  const refusedLately = db
    .select({ id: renewals.id })
    .from(renewals)
    .where(and(ofThis, eq(renewals.status, 'rejected'), gt(renewals.requestedAt, inSeconds(-pauseSeconds))))
  // `isReplaced` in the database's words.
  const replacing = db
    .select({ scope: others.scope })
    .from(others)
    .where(
      and(
        eq(others.connection, muteStates.connection),
        eq(others.userId, ''),
        eq(others.userId, muteStates.userId),
        eq(others.groupId, muteStates.groupId),
        eq(others.topicId, muteStates.topicId),
        ne(others.scope, muteStates.scope),
        gt(others.holdsUntil, now),
      ),
    )
  return db
    .select({
      state: muteStates,
      command: muteCommands,
      actorName: moderators.name,
      last: sql<string | null>`(${last})`,
    })
    .from(muteStates)
    .innerJoin(muteCommands, eq(muteCommands.id, muteStates.commandId))
    .innerJoin(moderators, eq(moderators.id, muteCommands.actorId))
    .where(
      and(
        eq(muteStates.connection, connection),
        lte(muteStates.heldUntil, now + renewAheadMs),
        gt(muteStates.until, now),
        isNull(muteStates.pendingCommandId),
        // `isOursToRenew` in the database's words.
        or(
          sql`${muteStates.until} is not distinct from ${muteStates.holdsUntil}
            and ${muteStates.roles} is not distinct from ${muteStates.holdsRoles}`,
          and(isNull(muteStates.observedUntil), gte(muteStates.observedAt, muteStates.heldUntil)),
        ),
        notExists(refusedLately),
        notExists(replacing),
      ),
    )
    .orderBy(muteStates.heldUntil)
}
