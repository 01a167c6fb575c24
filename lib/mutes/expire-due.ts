import 'server-only'
import { createHash } from 'node:crypto'
import { and, eq, inArray, isNull, lte } from 'drizzle-orm'
import type { Context } from '@/lib/context'
import { moderators, muteCommands, muteStates } from '@/lib/db/schema'
import { databaseNow } from '@/lib/db/schema/columns'
import { AppError } from '@/lib/errors'
import { errorFields, log } from '@/lib/log'
import { forgetState } from './forget-gone'
import { keepsEnds, placeOf } from './place'
import { runCommand } from './run'

/** How many are ended in one go; the rest follow a minute later. */
const atOnce = 100
/** How long after a refused try the next one is made at the earliest, in ms. */
const roundMs = 60_000

/**
 * Ends mutes of everybody whose time has come where the provider keeps no end (Tencent): a command of its own, in the
 * name of whoever set the mute, that goes the way of all commands. What cannot be sent now is tried again by the next
 * round; several instances at once end each mute once. Returns how many were due.
 */
export async function expireDueMutes(context: Context): Promise<number> {
  const keys = context.connections
    .filter(({ key }) => !keepsEnds(context.provider(key).capabilities))
    .map(({ key }) => key)
  if (keys.length === 0) return 0
  const due = await context.db
    .select({ state: muteStates, command: muteCommands, actorName: moderators.name })
    .from(muteStates)
    .innerJoin(muteCommands, eq(muteCommands.id, muteStates.commandId))
    .innerJoin(moderators, eq(moderators.id, muteCommands.actorId))
    .where(
      and(
        eq(muteStates.scope, 'everyone'),
        eq(muteStates.userId, ''),
        inArray(muteStates.connection, keys),
        lte(muteStates.until, databaseNow),
        isNull(muteStates.pendingCommandId),
      ),
    )
    .orderBy(muteStates.until)
    .limit(atOnce)
  const round = Math.floor(context.clock.now() / roundMs)
  for (const { state, command, actorName } of due) {
    const author = { id: command.actorId, name: actorName }
    try {
      await runCommand(context, author, {
        kind: 'expire',
        place: placeOf(state),
        idempotencyKey: keyOf(command.id, state.version, round),
        reason: { category: command.reasonCategory, text: command.reasonText },
        scopes: ['everyone'],
        basis: { everyone: state.version },
        input: { expires: command.id, version: state.version, round },
        decide: () => ({ everyone: null }),
      })
    } catch (error) {
      // Whatever keeps one from being ended must not keep the others waiting.
      if (error instanceof AppError && error.code === 'GROUP_NOT_FOUND') await forgetState(context, state)
      else
        log.warn({ ...placeOf(state), ...errorFields(error) }, 'a mute of everybody could not be ended yet')
    }
  }
  return due.length
}

/**
 * The same for every instance that finds the same mute due: the second one finds the first one's command. A command that
 * was refused gives way to a new one with the next round.
 */
function keyOf(commandId: string, version: number, round: number): string {
  const hex = createHash('sha256').update(`expire ${commandId} ${version} ${round}`).digest('hex')
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `5${hex.slice(13, 16)}`,
    `8${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join('-')
}
