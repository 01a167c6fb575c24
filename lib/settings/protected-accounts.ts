import 'server-only'
import type { Actor } from '@/lib/auth/actor'
import { requirePermission } from '@/lib/auth/require-permission'
import type { Context } from '@/lib/context'
import type { Db } from '@/lib/db'
import { findSetting, unchanged } from './internal'
import { type ProtectedAccountsDto, protectedAccountsSchema } from './schemas'

/** The accounts of a connection that no bulk mute touches, for the verbs that hold to it. */
export async function findProtectedAccounts(db: Db, connection: string): Promise<Set<string>> {
  const { accounts } = await read(db)
  return new Set(accounts.flatMap((account) => (account.connection === connection ? [account.userId] : [])))
}

/** Those of all connections, for whoever may change them. Throws `FORBIDDEN`. */
export async function getProtectedAccounts(
  { db }: Pick<Context, 'db'>,
  actor: Actor,
): Promise<ProtectedAccountsDto> {
  requirePermission(actor, 'settings:write')
  return read(db)
}

async function read(db: Db): Promise<ProtectedAccountsDto> {
  const setting = await findSetting(db, 'protected-accounts')
  if (!setting) return { accounts: [], ...unchanged }
  return { accounts: protectedAccountsSchema.parse(setting.value), ...setting.state }
}
