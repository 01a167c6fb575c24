import 'server-only'
import { and, eq, inArray, isNotNull, ne, or, type SQL, sql } from 'drizzle-orm'
import type { AccountKey } from '@/lib/accounts/schemas'
import type { Context } from '@/lib/context'
import type { Db, Tx } from '@/lib/db'
import { prepared } from '@/lib/db/prepared'
import { moderators, muteCommands, muteStates } from '@/lib/db/schema'
import { inForce } from './ends'
import { currentUntil, observedOf, type StateRow } from './internal'
import { type MutePlace, placeOf, scopesAt } from './place'
import { isOursToRenew, renewAheadMs } from './renewal'
import type { MuteScope, MuteStateDto } from './schemas'
import { driftOfState } from './state-drift'

/** The matrices of these accounts as the database knows them now; one query, however many accounts. */
export async function matrixStates(
  context: Context,
  accounts: readonly AccountKey[],
): Promise<(account: AccountKey) => MuteStateDto[]> {
  const now = context.clock.now()
  const connections = [...new Set(accounts.map(({ connection }) => connection))]
  const userIds = [...new Set(accounts.map(({ userId }) => userId))]
  const isAsked = and(
    inArray(muteStates.connection, connections),
    inArray(muteStates.userId, userIds),
    eq(muteStates.groupId, ''),
  )
  const ledger = accounts.length === 0 ? noLedger : await readLedger(context.db, isAsked)
  return (account) => {
    const place = placeOf(account)
    return scopesAt(context, place).map((scope) => ledger(place, scope, now))
  }
}

/** What a place shows, as the database knows it now. */
export async function placeStates(context: Context, place: MutePlace): Promise<MuteStateDto[]> {
  const ledger = ledgerOf(await statesAtPlace(context.db).execute(place))
  return scopesAt(context, place).map((scope) => ledger(place, scope, context.clock.now()))
}

/** What these members of a group or topic show there, as the database knows it now; one query, however many. */
export async function memberStates(
  { db, clock }: Context,
  place: MutePlace,
  userIds: readonly string[],
): Promise<(userId: string) => MuteStateDto> {
  const now = clock.now()
  const scope = place.topicId === '' ? 'group' : 'topic'
  const isAsked = and(
    eq(muteStates.connection, place.connection),
    eq(muteStates.groupId, place.groupId),
    eq(muteStates.topicId, place.topicId),
    inArray(muteStates.userId, [...userIds]),
  )
  const ledger = userIds.length === 0 ? noLedger : await readLedger(db, isAsked)
  return (userId) => ledger({ ...place, userId }, scope, now)
}

/** What an account shows in the groups and topics of its connection, as the database knows it now; one query. */
export async function groupStates(
  { db, clock }: Context,
  { connection, userId }: AccountKey,
): Promise<(groupId: string, topicId: string) => MuteStateDto> {
  const now = clock.now()
  const isAsked = and(
    eq(muteStates.connection, connection),
    eq(muteStates.userId, userId),
    ne(muteStates.groupId, ''),
  )
  const ledger = await readLedger(db, isAsked)
  return (groupId, topicId) =>
    ledger({ connection, userId, groupId, topicId }, topicId === '' ? 'group' : 'topic', now)
}

/** What these groups and their topics show of everybody and of roles, as the database knows it now; one query. */
export async function groupWideStates(
  { db, clock }: Context,
  connection: string,
  groupIds: readonly string[],
): Promise<(groupId: string, topicId: string) => MuteStateDto[]> {
  const now = clock.now()
  const isAsked = and(
    eq(muteStates.connection, connection),
    eq(muteStates.userId, ''),
    inArray(muteStates.groupId, [...groupIds]),
    isNotNull(muteStates.holdsUntil),
  )
  const ledger = groupIds.length === 0 ? noLedger : await readLedger(db, isAsked)
  return (groupId, topicId) =>
    (['everyone', 'roles'] as const).map((scope) =>
      ledger({ connection, userId: '', groupId, topicId }, scope, now),
    )
}

type Ledger = (place: MutePlace, scope: MuteScope, now: number) => MuteStateDto

const noLedger: Ledger = (_place, scope, now) => toStateDto(scope, undefined, new Map(), now)

async function readLedger(db: Db, isAsked: SQL | undefined): Promise<Ledger> {
  return ledgerOf(await statesWithCommands(db, isAsked))
}

function ledgerOf(found: readonly FoundState[]): Ledger {
  const rows = found.map(({ state, command, actorName }) => ({
    state,
    command: command && actorName !== null ? toCommandBehind(command, actorName) : null,
  }))
  // A state comes once for each of its commands.
  const states = new Map(rows.map(({ state }) => [keyOf(state, state.scope), state]))
  const commands = new Map(rows.flatMap(({ command }) => (command ? [[command.id, command]] : [])))
  return (place, scope, now) => toStateDto(scope, states.get(keyOf(place, scope)), commands, now)
}

/** Ids may hold anything printable, so a line break parts them. */
function keyOf({ connection, userId, groupId, topicId }: MutePlace, scope: MuteScope): string {
  return [connection, userId, groupId, topicId, scope].join('\n')
}

type CommandBehind = NonNullable<MuteStateDto['cause']> & NonNullable<MuteStateDto['pending']>

/** What a state and each of its commands are made of. */
type FoundState = Awaited<ReturnType<typeof statesWithCommands>>[number]

function statesWithCommands(db: Db | Tx, isAsked: SQL | undefined) {
  return db
    .select({ state: muteStates, command: commandBehind, actorName: moderators.name })
    .from(muteStates)
    .leftJoin(
      muteCommands,
      or(eq(muteCommands.id, muteStates.commandId), eq(muteCommands.id, muteStates.pendingCommandId)),
    )
    .leftJoin(moderators, eq(moderators.id, muteCommands.actorId))
    .where(isAsked)
}

const commandBehind = {
  id: muteCommands.id,
  kind: muteCommands.kind,
  status: muteCommands.status,
  category: muteCommands.reasonCategory,
  text: muteCommands.reasonText,
  requestedAt: muteCommands.requestedAt,
  verifiedAt: muteCommands.verifiedAt,
}

const statesAtPlace = prepared((db) =>
  statesWithCommands(
    db,
    and(
      eq(muteStates.connection, sql.placeholder('connection')),
      eq(muteStates.userId, sql.placeholder('userId')),
      eq(muteStates.groupId, sql.placeholder('groupId')),
      eq(muteStates.topicId, sql.placeholder('topicId')),
    ),
  ).prepare('states_at_place'),
)

function toCommandBehind(
  { category, text, ...command }: Omit<CommandBehind, 'reason' | 'actorName'> & CommandBehind['reason'],
  actorName: string,
): CommandBehind {
  return { ...command, actorName, reason: { category, text } }
}

function toStateDto(
  scope: MuteScope,
  state: StateRow | undefined,
  commands: Map<string, CommandBehind>,
  now: number,
): MuteStateDto {
  const ledger = state?.until ?? null
  const observed = observedOf(state)
  const isPending = state?.pendingCommandId != null
  const drift = isPending ? null : driftOfState(state, now)
  // Where both agree the ledger's end is the exact one; the provider's is counted back from whole seconds.
  const agreed = observed === null ? null : (inForce(ledger, now) ?? currentUntil(state, now))
  const isOtherEnd = drift !== null && drift !== 'different_roles'
  const until = isPending || isOtherEnd ? currentUntil(state, now) : agreed
  const isOver = until === null && !drift && !isPending && typeof ledger === 'number'
  return {
    scope,
    version: state?.version ?? 0,
    until,
    ledgerUntil: inForce(ledger, now),
    ...(scope === 'roles' && {
      roles: until === null ? null : (state?.holdsRoles ?? null),
      ledgerRoles: inForce(ledger, now) === null ? null : (state?.roles ?? null),
    }),
    endedAt: isOver ? Math.min(ledger, now) : null,
    checkedAt: state?.observedAt ?? null,
    drift,
    ...(state?.heldUntil != null &&
      inForce(ledger, now) !== null &&
      isOursToRenew(state, now) && {
        renewal: { dueAt: state.heldUntil - renewAheadMs, heldUntil: state.heldUntil },
      }),
    cause: (state?.commandId && commands.get(state.commandId)) || null,
    pending: (state?.pendingCommandId && commands.get(state.pendingCommandId)) || null,
  }
}
