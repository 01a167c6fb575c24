import { randomUUID } from 'node:crypto'
import { eq } from 'drizzle-orm'
import type { Db } from '../../lib/db'
import { accountLinks, moderators } from '../../lib/db/schema'

/** Which accounts of the demo moderators have found to be one person's, by the bytes in order, and how they know. */
const links = [
  ['sg', 'adm1n_support', 'sg', 'admin_helper', '同一部手机，同样的话术'],
  ['sg', 'admin_helper', 'sg', 'invoice_bot', 'Both wrote the same link within a minute'],
  // Has reported the other one.
  ['sg', 'yuki_0214', 'sg', 'yuki_half', '本人が二つ目のアカウントだと書いている'],
  ['sg', 'minjun', 'zim', 'user#1', 'Same invitation code'],
] as const

/** Puts the links of accounts into the database as their verb would have left them, without asking a provider. */
export async function seedLinks(db: Db): Promise<void> {
  const [by] = await db.select().from(moderators).where(eq(moderators.email, 'moderator@hushdesk.test'))
  if (!by) throw new Error('the demo has nobody for moderator')
  await db.insert(accountLinks).values(
    links.map(([connection, userId, otherConnection, otherUserId, reason]) => ({
      ...{ id: randomUUID(), connection, userId, otherConnection, otherUserId, reason },
      linkedBy: by.id,
    })),
  )
}
