import 'server-only'
import { eq } from 'drizzle-orm'
import * as z from 'zod'
import type { Db } from '@/lib/db'
import { settings } from '@/lib/db/schema'

/** The setting's key; its value is a list of accounts. */
export const protectedAccountsKey = 'protected-accounts'
const protectedAccountsSchema = z.array(z.object({ connection: z.string(), userId: z.string() }))

/** The accounts of a connection that no bulk mute touches: staff, as a lead listed them. */
export async function protectedAccounts(db: Db, connection: string): Promise<Set<string>> {
  const [row] = await db
    .select({ value: settings.value })
    .from(settings)
    .where(eq(settings.key, protectedAccountsKey))
  if (!row) return new Set()
  const listed = protectedAccountsSchema.parse(row.value)
  return new Set(listed.flatMap((account) => (account.connection === connection ? [account.userId] : [])))
}
