import 'server-only'
import { and, count, inArray, lt, notInArray, type SQL, sql } from 'drizzle-orm'
import type { Context } from '@/lib/context'
import { muteCommands } from '@/lib/db/schema'
import { databaseNow } from '@/lib/db/schema/columns'
import { errorFields, log } from '@/lib/log'
import { isOpen } from './internal'
import { settleCommand } from './settle'

/** So that one account whose provider answers slowly does not keep the others waiting. */
const atOnce = 8

/**
 * Settles every command whose outcome nobody is waiting for any more, oldest first. Running it twice or in several
 * instances at once changes nothing: each command is leased. Those of a connection that is not in the connections file
 * wait until it is back. Returns how many of the others are still open.
 */
export async function settleDueMutes(context: Context): Promise<number> {
  const keys = context.connections.map(({ key }) => key)
  await warnOfGone(context, keys)
  const open = and(isOpen, inArray(muteCommands.connection, keys))
  // A run that met a storm leaves hundreds: the next ones follow at once, each one once a round.
  const seen = new Set<string>()
  while ((await settlePage(context, open, seen)) === pageSize);
  const [row] = await context.db.select({ open: count() }).from(muteCommands).where(open)
  return row?.open ?? 0
}

const pageSize = 100

/** Settles those that are due, up to a page of them; how many those were. */
async function settlePage(context: Context, open: SQL | undefined, seen: Set<string>): Promise<number> {
  const due = await context.db
    .select({ id: muteCommands.id })
    .from(muteCommands)
    .where(and(open, lt(muteCommands.leaseUntil, databaseNow), notInArray(muteCommands.id, [...seen])))
    // Those that somebody waits for go first.
    .orderBy(sql`${muteCommands.bulkId} is not null`, muteCommands.leaseUntil)
    .limit(pageSize)
  for (const { id } of due) seen.add(id)
  const queue = due.values()
  const settleInTurn = async () => {
    for (const { id } of queue) await settleOne(context, id)
  }
  await Promise.all(Array.from({ length: atOnce }, settleInTurn))
  return due.length
}

/** The connections that this process has warned of. */
const warnedOf = new Set<string>()

async function warnOfGone({ db }: Context, keys: string[]): Promise<void> {
  const gone = await db
    .selectDistinct({ connection: muteCommands.connection })
    .from(muteCommands)
    .where(and(isOpen, notInArray(muteCommands.connection, keys)))
  for (const { connection } of gone) {
    if (warnedOf.has(connection)) continue
    warnedOf.add(connection)
    log.warn({ connection }, 'mutes stay open: their connection is not in the connections file')
  }
}

/** Whatever keeps one command from being settled must not keep the others waiting. */
async function settleOne(context: Context, commandId: string): Promise<void> {
  try {
    await settleCommand(context, commandId)
  } catch (error) {
    log.error({ commandId, ...errorFields(error) }, 'settling a mute command')
  }
}
