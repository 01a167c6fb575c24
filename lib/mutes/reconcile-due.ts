import 'server-only'
import { and } from 'drizzle-orm'
import type { Context } from '@/lib/context'
import type { Db } from '@/lib/db'
import { muteStates } from '@/lib/db/schema'
import { databaseNow } from '@/lib/db/schema/columns'
import { AppError } from '@/lib/errors'
import { errorFields, log } from '@/lib/log'
import { ProviderError } from '@/lib/provider/errors'
import type { CallOptions } from '@/lib/provider/port'
import { forgetGone } from './forget-gone'
import type { MutePlace } from './place'
import { readSubject } from './read-subject'
import {
  distinctSubjects,
  freshAgainSeconds,
  freshSubjects,
  isLookedAtBefore,
  otherSubjects,
  readableScopes,
  rowsOf,
  type Subject,
} from './reconcile-subjects'
import { roundMs, takeRound } from './take-round'

/** Calls that a round makes at most in a connection; 144 000 a day. */
export const callsPerRound = 100
/** A place in a topic that is refused: itself, its group, the group's topics. */
const callsForOne = 3
/** Of these, so many at most are for what changed lately: the others must not wait for it. */
const freshPerRound = 60

/**
 * Compares the ledger with the providers, so that what was set, lifted or changed elsewhere is marked without anybody
 * looking: in each connection first what changed within the last hour, then what was looked at longest ago, a bounded
 * number of calls a minute that give way to those of moderators. What the provider cannot tell is left alone. Only what
 * was read is written, so a killed process loses nothing; of several instances one at a time has a connection. A
 * provider that does not answer is asked again by the next round. Returns how many calls were answered.
 */
export async function reconcileDueMutes(context: Context): Promise<number> {
  const counts = await Promise.all(
    context.connections.map(({ key }) =>
      reconcileConnection(context, key).catch((error: unknown) => {
        log.error({ connection: key, ...errorFields(error) }, 'comparing the ledger with the provider')
        return 0
      }),
    ),
  )
  return counts.reduce((sum, count) => sum + count, 0)
}

async function reconcileConnection(context: Context, connection: string): Promise<number> {
  const { db } = context
  if (!(await takeRound(db, connection, 'compare'))) return 0
  const options: CallOptions = { priority: 'bulk', signal: AbortSignal.timeout(roundMs) }
  const scopes = readableScopes(context.provider(connection).capabilities)
  const fresh = distinctSubjects(await freshSubjects(db, connection, scopes)).slice(0, freshPerRound)
  const others = await otherSubjects(db, connection, scopes)
  let calls = 0
  for (const subject of distinctSubjects([...fresh, ...others])) {
    if (calls + callsForOne > callsPerRound) break
    const answered = await reconcileSubject(context, subject, options)
    if (answered === 0) break
    calls += answered
  }
  return calls
}

/** Returns the calls that were answered: none when the provider cannot be asked now. */
async function reconcileSubject(context: Context, subject: Subject, options: CallOptions): Promise<number> {
  const { place } = subject
  let calls = 1
  try {
    await readSubject(context, subject, options)
  } catch (error) {
    if (error instanceof AppError && error.code === 'GROUP_NOT_FOUND') await forgetGone(context, place)
    else if (!(error instanceof ProviderError)) throw error
    else if (error.kind !== 'refused' || error.options.retryable) return 0
    else {
      // Is it about this place, or would everything be refused?
      const stands = await doesPlaceStand(context, place, options)
      if (stands === null) return 0
      if (!stands) await forgetGone(context, place)
      calls = place.topicId === '' ? 2 : callsForOne
    }
  }
  await noteTry(context.db, subject)
  return calls
}

/** Whether a place that was refused is still there. Null: the provider refuses more than this place. */
async function doesPlaceStand(
  context: Context,
  { connection, userId, groupId, topicId }: MutePlace,
  options: CallOptions,
): Promise<boolean | null> {
  const provider = context.provider(connection)
  try {
    if (groupId === '') {
      await provider.checkAccounts([userId], options)
      return true
    }
    const groups = await provider.getGroups([groupId], options)
    if (!groups.has(groupId) || topicId === '') return groups.has(groupId)
    return (await provider.listTopics(groupId, options)).some((topic) => topic.topicId === topicId)
  } catch (error) {
    if (error instanceof ProviderError) return null
    throw error
  }
}

/** What the answer left out, or what was refused, is not asked for again before its time. */
async function noteTry(db: Db, subject: Subject): Promise<void> {
  await db
    .update(muteStates)
    .set({ reconciledAt: databaseNow })
    .where(and(rowsOf(subject), isLookedAtBefore(freshAgainSeconds)))
}
