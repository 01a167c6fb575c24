import 'server-only'
import { headers } from 'next/headers'
import { record } from '@/lib/audit/record'
import type { Db } from '@/lib/db'
import type { AppErrorCode } from '@/lib/errors'
import type { Actor } from './actor'
import { clientAddress } from './address'
import { consumeLimit } from './limits'

export type RefusalSubject = { connection: string; userId: string }

/**
 * Records that an action, a read or a page was refused; `about` is the account that a moderator's action was for, whatever
 * it was refused for. At most 120 refusals a minute from one moderator or address are audited, so that a flood cannot
 * fill the table.
 */
export async function auditRefusal(
  db: Db,
  by: Actor | null,
  refusal: { action: string; code: AppErrorCode },
  about?: RefusalSubject,
): Promise<void> {
  const key = `refusals:${by?.id ?? clientAddress(await headers())}`
  const { allowed } = await consumeLimit(db, { key, points: 120, windowSeconds: 60 })
  if (!allowed) return
  await db.transaction((tx) =>
    record(tx, {
      type: 'action.refused',
      actorId: by?.id ?? null,
      actorName: by?.name ?? 'nobody',
      ...about,
      data: refusal,
    }),
  )
}
