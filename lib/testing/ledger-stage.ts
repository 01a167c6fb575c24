import { randomUUID } from 'node:crypto'
import { eq } from 'drizzle-orm'
import type { Context } from '@/lib/context'
import type { Db } from '@/lib/db'
import { cases, muteCommands } from '@/lib/db/schema'
import type { ReasonCategory } from '@/lib/mutes/rules'
import { createTencentProvider } from '@/lib/provider/tencent/provider'
import { createZegoProvider } from '@/lib/provider/zego/provider'
import { emulatedConnection, emulatedZegoConnection } from './emulated-connection'

/** Nobody listens there: only what they can do is asked for. */
const nowhere = 'http://127.0.0.1:1'
const throttle = { acquire: async () => {} }
const provider = createTencentProvider({ connection: emulatedConnection(nowhere), throttle })
const rooms = createZegoProvider({ connection: emulatedZegoConnection(nowhere), throttle })

/** When it is in the tests of the ledger's list, epoch ms. */
export const ledgerNow = Date.UTC(2026, 10, 21, 9)

/** What the ledger's list works with: a database and a time; no provider is asked. The connection `rooms` is ZEGO's. */
export function ledgerContext(db: Db, at = ledgerNow): Context {
  return {
    db,
    clock: { now: () => at },
    connections: [],
    provider: (key) => (key === 'rooms' ? rooms : provider),
  }
}

/** Adds a command that was applied a minute ago; `bulkId`: the run that it is part of. */
export async function addCommand(
  db: Db,
  actorId: string,
  reasonCategory: ReasonCategory,
  bulkId: string | null = null,
): Promise<string> {
  const id = randomUUID()
  await db.insert(muteCommands).values({
    id,
    kind: 'mute',
    status: 'applied',
    connection: 'sg',
    userId: 'u1',
    actorId,
    reasonCategory,
    bulkId,
    reasonText: 'Asked for money',
    idempotencyKey: randomUUID(),
    inputHash: '',
    requestedAt: ledgerNow - 60_000,
    leaseUntil: ledgerNow,
  })
  return id
}

/** Adds a case whose decision gave this command. */
export async function addCaseOf(db: Db, commandId: string): Promise<{ id: string; number: number }> {
  const [row] = await db
    .insert(cases)
    .values({ id: randomUUID(), connection: 'sg', accusedId: 'u1', category: 'scam', dueAt: ledgerNow })
    .returning({ id: cases.id, number: cases.number })
  if (!row) throw new Error('the case was not inserted')
  await db.update(muteCommands).set({ caseId: row.id }).where(eq(muteCommands.id, commandId))
  return row
}
