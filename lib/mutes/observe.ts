import 'server-only'
import { and, eq, inArray, isNull, lte, ne, notExists, or, sql } from 'drizzle-orm'
import type { Db, Tx } from '@/lib/db'
import { rowsOf } from '@/lib/db/rows'
import { muteCommands, muteStates } from '@/lib/db/schema'
import { sameHeld } from './held'
import type { Ends, MutePlace, Reading } from './place'
import { endToleranceMs, heldLateMs } from './rules'
import type { MuteScope, Until } from './schemas'

/**
 * Writes down what the provider said about one account, or about everybody in a group. A reading that was asked for
 * before the ledger's last change or before a reading already noted is dropped; a command whose mutes it confirms
 * becomes verified. The ledger itself (`until`, `version`) never changes here: a difference is drift, for a person to
 * decide. Nothing here changes what holds for anybody, so it needs no audit.
 */
export async function observe(db: Db | Tx, place: MutePlace, reading: Reading): Promise<void> {
  // Its ends are known less well than two ends may lie apart: it would tell of a difference that there is not.
  if ((reading.tookMs ?? 0) > endToleranceMs) return
  await observeAll(db, toldOf(place, reading), reading.askedAt, reading.keepsNoEnd)
}

/** What a reading of a place tells, scope by scope. */
export function toldOf(place: MutePlace, { until, roles }: Ends): Observed[] {
  const told = Object.entries(until) as [MuteScope, Until | null][]
  return told.map(([scope, observedUntil]) => ({
    place,
    scope,
    until: observedUntil,
    ...(scope === 'roles' && roles && { roles }),
  }))
}

/**
 * The same for many members of a group at once. Those who are not muted and of whom the ledger has never heard leave no
 * trace, so that looking at a large group does not fill the ledger.
 */
export async function observeMembers(
  db: Db | Tx,
  place: MutePlace,
  askedAt: number,
  told: ReadonlyMap<string, Until | null>,
): Promise<void> {
  const scope = place.topicId === '' ? 'group' : 'topic'
  const free = [...told].flatMap(([userId, until]) => (until === null ? [userId] : []))
  const known =
    free.length === 0
      ? []
      : await db
          .select({ userId: muteStates.userId })
          .from(muteStates)
          .where(
            and(
              eq(muteStates.connection, place.connection),
              eq(muteStates.groupId, place.groupId),
              eq(muteStates.topicId, place.topicId),
              inArray(muteStates.userId, free),
            ),
          )
  const isKnown = new Set(known.map(({ userId }) => userId))
  const noted = [...told].filter(([userId, until]) => until !== null || isKnown.has(userId))
  await observeAll(
    db,
    noted.map(([userId, until]) => ({ place: { ...place, userId }, scope, until })),
    askedAt,
  )
}

/** One scope of a place, by the provider's word; `null`: it holds no mute. */
export type Observed = { place: MutePlace; scope: MuteScope; until: Until | null; roles?: readonly number[] }

/**
 * The same for any scopes of any places of one connection, all of them asked for at `askedAt` (epoch ms), in one
 * statement.
 */
export async function observeAll(
  db: Db | Tx,
  observed: readonly Observed[],
  askedAt: number,
  keepsNoEnd = false,
): Promise<void> {
  const seen = observed
    .map(({ place: { connection, userId, groupId, topicId }, scope, until, roles }) => ({
      connection,
      userId,
      groupId,
      topicId,
      scope,
      observedUntil: until,
      observedRoles: roles ? [...roles] : null,
      observedAt: askedAt,
    }))
    // In one order, so that two readings never wait for each other in a circle.
    .sort(
      (a, b) =>
        compare(a.userId, b.userId) ||
        compare(a.groupId, b.groupId) ||
        compare(a.topicId, b.topicId) ||
        compare(a.scope, b.scope),
    )
  if (seen.length === 0) return
  const noted = await db
    .insert(muteStates)
    .select(rowsOf(muteStates, seen))
    .onConflictDoUpdate({
      target: [
        muteStates.connection,
        muteStates.userId,
        muteStates.groupId,
        muteStates.topicId,
        muteStates.scope,
      ],
      set: {
        observedUntil: keepsNoEnd ? endOrOn : endOrHeld,
        observedRoles: sql`excluded.observed_roles`,
        observedAt: sql`excluded.observed_at`,
      },
      setWhere: and(
        or(isNull(muteStates.observedAt), lte(muteStates.observedAt, sql`excluded.observed_at`)),
        or(isNull(muteStates.changedAt), lte(muteStates.changedAt, sql`excluded.observed_at`)),
      ),
    })
    .returning({
      // Of a mute that was renewed since, it is the renewal that is read back.
      commandId: behind,
      until: muteStates.until,
      observedUntil: muteStates.observedUntil,
      roles: muteStates.roles,
      observedRoles: muteStates.observedRoles,
      // As a value of each row: as a condition it is planned as a table of all commands that are not verified.
      isUnverified: sql<
        boolean | null
      >`(select ${unverified} from ${muteCommands} where ${muteCommands.id} = ${behind})`,
    })
  const confirmed = [...Map.groupBy(noted, (state) => state.commandId)].flatMap(([commandId, states]) => {
    const isConfirmed = states.every((state) =>
      sameHeld(state, { until: state.observedUntil, roles: state.observedRoles }, askedAt),
    )
    return commandId !== null && isConfirmed && states[0]?.isUnverified ? [commandId] : []
  })
  if (confirmed.length > 0) await verify(db, confirmed, askedAt)
}

/** Where the provider knows only on and off, "on" is the ledger's own mute, if it has one. */
const endOrOn = sql`case when excluded.observed_until = 'infinity'
  then coalesce(${muteStates.until}, excluded.observed_until) else excluded.observed_until end`

/** The end to which the provider holds a longer mute agrees with that mute's own. */
const endOrHeld = sql`case when excluded.observed_until
    between ${muteStates.heldUntil} - interval '${sql.raw(String(endToleranceMs))} ms'
    and ${muteStates.heldUntil} + interval '${sql.raw(String(heldLateMs))} ms'
  then ${muteStates.until} else excluded.observed_until end`

const behind = sql<string | null>`coalesce(${muteStates.renewalId}, ${muteStates.commandId})`

const unverified = and(eq(muteCommands.status, 'applied'), isNull(muteCommands.verifiedAt))

/** Unless the reading did not speak of one of a command's scopes. */
async function verify(db: Db | Tx, commandIds: readonly string[], askedAt: number): Promise<void> {
  const unread = db
    .select({ scope: muteStates.scope })
    .from(muteStates)
    .where(
      and(
        eq(muteStates.commandId, muteCommands.id),
        or(isNull(muteStates.observedAt), ne(muteStates.observedAt, askedAt)),
      ),
    )
  const inOrder = db
    .select({ id: muteCommands.id })
    .from(muteCommands)
    .where(and(inArray(muteCommands.id, [...commandIds]), unverified, notExists(unread)))
    // Two readings of the same group then never wait for each other in a circle.
    .orderBy(muteCommands.id)
    .for('no key update')
  await db.update(muteCommands).set({ verifiedAt: askedAt }).where(inArray(muteCommands.id, inOrder))
}

function compare(a: string, b: string): number {
  if (a === b) return 0
  return a < b ? -1 : 1
}
