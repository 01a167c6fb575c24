import 'server-only'
import { and, eq, sql } from 'drizzle-orm'
import type { Db, Tx } from '@/lib/db'
import { decisions } from '@/lib/db/schema'

/** A later decision closed this case, as its own or along with another one of the account, or is about to. */
export async function isDecidedSince(db: Db | Tx, decisionId: string, caseId: string): Promise<boolean> {
  const later = sql`exists (select from cases own
    join cases theirs on theirs.connection = own.connection and theirs.accused_id = own.accused_id
    join decisions later on later.case_id = theirs.id
    where own.id = ${caseId} and later.id <> ${decisions.id} and later.decided_at > ${decisions.decidedAt}
      and later.status in ('sending', 'applied')
      and (later.case_id = own.id or later.plan -> 'closeWith' @> to_jsonb(own.id)))`
  return (await db.$count(decisions, and(eq(decisions.id, decisionId), later))) > 0
}
