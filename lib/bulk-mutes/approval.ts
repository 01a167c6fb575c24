import 'server-only'
import { eq } from 'drizzle-orm'
import * as z from 'zod'
import type { Db, Tx } from '@/lib/db'
import { settings } from '@/lib/db/schema'
import type { BulkRow } from './internal'
import { defaultApprovalAbove } from './rules'

/** The setting's key; its value is a number of accounts. */
export const approvalAboveKey = 'bulk-approval-above'
const approvalAboveSchema = z.int().min(0)

/** Above how many accounts a second person has to agree. */
export async function getApprovalAbove(db: Db | Tx): Promise<number> {
  const [row] = await db
    .select({ value: settings.value })
    .from(settings)
    .where(eq(settings.key, approvalAboveKey))
  return row ? approvalAboveSchema.parse(row.value) : defaultApprovalAbove
}

/** Why a second person has to agree. Never for an undo: it gives back what held, and a mistake must not wait. */
export function approvalOf(
  { kind, until }: Pick<BulkRow, 'kind' | 'until'>,
  doing: number,
  above: number,
): 'size' | 'forever' | null {
  if (kind === 'undo') return null
  if (until === 'forever') return 'forever'
  return doing > above ? 'size' : null
}
