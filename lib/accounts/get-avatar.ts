import 'server-only'
import { and, eq } from 'drizzle-orm'
import type { Actor } from '@/lib/auth/actor'
import { requirePermission } from '@/lib/auth/require-permission'
import type { Context } from '@/lib/context'
import { accounts } from '@/lib/db/schema'
import { fetchPicture, type Picture } from './fetch-picture'
import { pictureAddress } from './picture-address'
import type { AccountKey } from './schemas'

/**
 * The picture of an account, fetched now from the address that the directory remembers. Null when there is none that
 * may be shown. Throws `FORBIDDEN` and `UNKNOWN_CONNECTION`.
 */
export async function getAvatar(context: Context, actor: Actor, input: AccountKey): Promise<Picture | null> {
  requirePermission(actor, 'accounts:read')
  const { pictureOrigin } = context.provider(input.connection)
  const [row] = await context.db
    .select({ avatarUrl: accounts.avatarUrl })
    .from(accounts)
    .where(and(eq(accounts.connection, input.connection), eq(accounts.userId, input.userId)))
  const address = pictureAddress(row?.avatarUrl ?? null, pictureOrigin)
  return address && (await fetchPicture(address))
}
