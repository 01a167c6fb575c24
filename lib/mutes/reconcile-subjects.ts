import 'server-only'
import { and, desc, eq, inArray, ne, or, type SQL, sql } from 'drizzle-orm'
import type { Db } from '@/lib/db'
import { muteStates } from '@/lib/db/schema'
import type { Capabilities } from '@/lib/provider/port'
import { hasRoleMutes } from './group-wide'
import type { StateRow } from './internal'
import { type MutePlace, placeOf, statesAt } from './place'
import type { MuteScope } from './schemas'

/** A mute that changed within this time is looked at every few minutes, in seconds. */
const freshSeconds = 3_600
export const freshAgainSeconds = 300
/** Every other one that holds is looked at once a day, in seconds; and once more after its end. */
export const restAgainSeconds = 86_400

/** What one call to the provider tells about: one place, or (`userId` empty) all members of a group or topic. */
export type Subject = { place: MutePlace; isOfMembers: boolean }

/** How many rows of the ledger are looked through for the subjects of one round, of each kind. */
const rowsAtOnce = 500

/** What is due in a connection: what changed lately, the last change first. */
export async function freshSubjects(db: Db, connection: string, scopes: MuteScope[]): Promise<Subject[]> {
  const rows = await db
    .select()
    .from(muteStates)
    .where(
      and(
        eq(muteStates.connection, connection),
        inArray(muteStates.scope, scopes),
        isFresh,
        isLookedAtBefore(freshAgainSeconds),
      ),
    )
    .orderBy(desc(muteStates.changedAt))
    .limit(rowsAtOnce)
  return rows.map(subjectOf)
}

/** What is due in a connection besides, that which was looked at longest ago first. */
export async function otherSubjects(db: Db, connection: string, scopes: MuteScope[]): Promise<Subject[]> {
  // Scope by scope, as the index `mute_states_watched` has them: it is read from its beginning and no further, so what
  // is due is told apart here.
  const found = await Promise.all(
    scopes.map((scope) =>
      db
        .select({ state: muteStates, isDue: sql<boolean>`${isLookedAtBefore(restAgainSeconds)}` })
        .from(muteStates)
        .where(and(eq(muteStates.connection, connection), eq(muteStates.scope, scope), isWatched))
        .orderBy(sql`${lookedAt} nulls first`)
        .limit(rowsAtOnce),
    ),
  )
  const lookedAtMs = ({ reconciledAt, observedAt }: StateRow) => Math.max(reconciledAt ?? 0, observedAt ?? 0)
  return found
    .flat()
    .flatMap(({ state, isDue }) => (isDue ? [state] : []))
    .sort((a, b) => lookedAtMs(a) - lookedAtMs(b))
    .map(subjectOf)
}

/** The subjects in their order, each once. */
export function distinctSubjects(subjects: readonly Subject[]): Subject[] {
  const byKey = new Map<string, Subject>()
  for (const subject of subjects) {
    const { userId, groupId, topicId } = subject.place
    // Ids may hold anything printable, so a line break parts them.
    const key = [subject.isOfMembers, userId, groupId, topicId].join('\n')
    if (!byKey.has(key)) byKey.set(key, subject)
  }
  return [...byKey.values()]
}

/** Those rows of a subject that say, or that said a short while ago, that something holds. */
export function rowsOf({ place, isOfMembers }: Subject): SQL | undefined {
  const here = isOfMembers
    ? and(
        eq(muteStates.connection, place.connection),
        eq(muteStates.groupId, place.groupId),
        eq(muteStates.topicId, place.topicId),
        ne(muteStates.userId, ''),
      )
    : statesAt(place)
  return and(here, or(isWatched, isFresh))
}

/** Whether neither a reading nor a try to read has counted for so long. */
export function isLookedAtBefore(seconds: number): SQL {
  return sql`(${lookedAt} is null or ${lookedAt} < now() - make_interval(secs => ${seconds}))`
}

/** The scopes of which the provider tells whether they hold. */
export function readableScopes(capabilities: Capabilities): MuteScope[] {
  const { globalScopes, canReadGlobalMutes, groups } = capabilities
  const can = Object.values(groups)
  const isReadable = can.some(({ memberMute }) => memberMute?.isReadable)
  return [
    ...(canReadGlobalMutes ? globalScopes : []),
    ...(isReadable ? (['group'] as const) : []),
    ...(isReadable && can.some(({ hasTopics }) => hasTopics) ? (['topic'] as const) : []),
    'everyone',
    ...(hasRoleMutes(capabilities) ? (['roles'] as const) : []),
  ]
}

// `now()` and not `clock_timestamp()`: an index can be searched for what does not change during the statement.
const isFresh = sql`${muteStates.changedAt} > now() - make_interval(secs => ${freshSeconds})`
const lookedAt = sql`greatest(${muteStates.reconciledAt}, ${muteStates.observedAt})`
/** Not looked at since before its end: word for word the condition of the index `mute_states_watched`. */
const isWatched = sql`(${lookedAt} is null
  or ${lookedAt} < greatest(${muteStates.until}, ${muteStates.observedUntil}))`

function subjectOf(state: StateRow): Subject {
  const isOfMembers = state.scope === 'group' || state.scope === 'topic'
  return { place: placeOf(isOfMembers ? { ...state, userId: '' } : state), isOfMembers }
}
