import 'server-only'
import { record } from '@/lib/audit/record'
import type { Actor } from '@/lib/auth/actor'
import { requirePermission } from '@/lib/auth/require-permission'
import type { Context } from '@/lib/context'
import type { CaseKey, ReleaseClaimInput } from './case-schemas'
import { auditOf, changeCase, nobody, restingStatus } from './change-case'

/** Gives a claimed case back to the queue. Throws `FORBIDDEN`, `NOT_FOUND`, `CLAIM_LOST` and `CASE_CHANGED`. */
export async function releaseClaim(
  { db }: Context,
  actor: Actor,
  input: ReleaseClaimInput,
): Promise<CaseKey> {
  requirePermission(actor, 'reports:work')
  await db.transaction(async (tx) => {
    const released = await changeCase(tx, actor, input, ['claimed'], { ...nobody, status: restingStatus })
    await record(tx, { type: 'case.released', ...auditOf(released, actor) })
  })
  return { caseId: input.caseId }
}
