import { randomUUID } from 'node:crypto'
import type { Context } from '@/lib/context'
import type { Db } from '@/lib/db'
import { muteCommands } from '@/lib/db/schema'
import type { ReasonCategory } from '@/lib/mutes/rules'
import { createTencentProvider } from '@/lib/provider/tencent/provider'
import { emulatedConnection } from './emulated-connection'

/** Nobody listens there: only what it can do is asked for. */
const provider = createTencentProvider({
  connection: emulatedConnection('http://127.0.0.1:1'),
  throttle: { acquire: async () => {} },
})

/** When it is in the tests of the ledger's list, epoch ms. */
export const ledgerNow = Date.UTC(2026, 10, 21, 9)

/** What the ledger's list works with: a database and a time; no provider is asked. */
export function ledgerContext(db: Db, at = ledgerNow): Context {
  return {
    db,
    clock: { now: () => at },
    connections: [],
    provider: () => provider,
  }
}

/** Adds a command that was applied a minute ago. */
export async function addCommand(db: Db, actorId: string, reasonCategory: ReasonCategory): Promise<string> {
  const id = randomUUID()
  await db.insert(muteCommands).values({
    id,
    kind: 'mute',
    status: 'applied',
    connection: 'sg',
    userId: 'u1',
    actorId,
    reasonCategory,
    reasonText: 'Asked for money',
    idempotencyKey: randomUUID(),
    inputHash: '',
    requestedAt: ledgerNow - 60_000,
    leaseUntil: ledgerNow,
  })
  return id
}
