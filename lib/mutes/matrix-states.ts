import 'server-only'
import { and, eq, inArray } from 'drizzle-orm'
import type { AccountKey } from '@/lib/accounts/schemas'
import type { Context } from '@/lib/context'
import { moderators, muteCommands, muteStates } from '@/lib/db/schema'
import { driftOf, inForce } from './ends'
import { currentUntil, observedOf, type StateRow } from './internal'
import { accountRef, muteScopes } from './rules'
import type { MuteScope, MuteStateDto } from './schemas'

/** The matrices of these accounts as the database knows them now; two queries, however many accounts. */
export async function matrixStates(
  { db, clock }: Context,
  accounts: readonly AccountKey[],
): Promise<(account: AccountKey) => MuteStateDto[]> {
  const now = clock.now()
  const connections = [...new Set(accounts.map(({ connection }) => connection))]
  const userIds = [...new Set(accounts.map(({ userId }) => userId))]
  const rows =
    accounts.length === 0
      ? []
      : await db
          .select()
          .from(muteStates)
          .where(and(inArray(muteStates.connection, connections), inArray(muteStates.userId, userIds)))
  const commands = await commandsBehind({ db }, rows)
  const byAccount = Map.groupBy(rows, accountRef)
  return (account) => {
    const own = byAccount.get(accountRef(account)) ?? []
    return muteScopes.map((scope) =>
      toStateDto(
        scope,
        own.find((state) => state.scope === scope),
        commands,
        now,
      ),
    )
  }
}

type CommandBehind = NonNullable<MuteStateDto['cause']> & NonNullable<MuteStateDto['pending']>

async function commandsBehind(
  { db }: Pick<Context, 'db'>,
  states: StateRow[],
): Promise<Map<string, CommandBehind>> {
  const ids = states.flatMap((state) => [state.commandId, state.pendingCommandId]).filter((id) => id !== null)
  if (ids.length === 0) return new Map()
  const rows = await db
    .select({
      id: muteCommands.id,
      kind: muteCommands.kind,
      status: muteCommands.status,
      actorName: moderators.name,
      reason: { category: muteCommands.reasonCategory, text: muteCommands.reasonText },
      requestedAt: muteCommands.requestedAt,
      verifiedAt: muteCommands.verifiedAt,
    })
    .from(muteCommands)
    .innerJoin(moderators, eq(moderators.id, muteCommands.actorId))
    .where(inArray(muteCommands.id, ids))
  return new Map(rows.map((row) => [row.id, row]))
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
  const drift = isPending || observed === undefined ? null : driftOf(ledger, observed, now)
  // Where both agree the ledger's end is the exact one; the provider's is counted back from whole seconds.
  const agreed = observed === null ? null : (inForce(ledger, now) ?? currentUntil(state, now))
  const until = isPending || drift ? currentUntil(state, now) : agreed
  const isOver = until === null && !drift && !isPending && typeof ledger === 'number'
  return {
    scope,
    version: state?.version ?? 0,
    until,
    ledgerUntil: inForce(ledger, now),
    endedAt: isOver ? Math.min(ledger, now) : null,
    checkedAt: state?.observedAt ?? null,
    drift,
    cause: (state?.commandId && commands.get(state.commandId)) || null,
    pending: (state?.pendingCommandId && commands.get(state.pendingCommandId)) || null,
  }
}
