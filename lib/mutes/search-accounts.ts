import 'server-only'
import type { AccountDto, SearchInput } from '@/lib/accounts/schemas'
import { searchAccounts } from '@/lib/accounts/search'
import type { Actor } from '@/lib/auth/actor'
import { requirePermission } from '@/lib/auth/require-permission'
import type { Context } from '@/lib/context'
import { listMuteStates } from './list-states'
import type { AccountSearchDto } from './schemas'

/**
 * A search with the mutes of what it found: read at the provider for the accounts named by id, as known for those
 * that the directory matched. Throws what `searchAccounts` throws.
 */
export async function searchAccountsWithMutes(
  context: Context,
  actor: Actor,
  input: SearchInput,
): Promise<AccountSearchDto> {
  requirePermission(actor, 'accounts:read')
  const found = await searchAccounts(context, actor, input)
  const key = ({ connection, userId }: AccountDto) => ({ connection: connection.key, userId })
  const fresh = found.results.filter(({ exists }) => exists === true).map(key)
  const mutes = await listMuteStates(context, actor, { accounts: found.results.map(key), fresh })
  return { ...found, ...mutes }
}
