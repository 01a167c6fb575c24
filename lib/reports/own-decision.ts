import 'server-only'
import { and, eq, type SQL, sql } from 'drizzle-orm'
import type { Tx } from '@/lib/db'
import { cases } from '@/lib/db/schema'
import { AppError } from '@/lib/errors'

/** The case waits for the answer to an appeal against a decision of this moderator's own. */
export function isOwnDecision(moderatorId: string | SQL): SQL {
  return sql`exists (select from appeals join decisions on decisions.id = appeals.decision_id
    where appeals.case_id = ${cases.id} and appeals.status = 'open' and decisions.actor_id = ${moderatorId})`
}

/** Keeps a case from whoever is appealed against. Throws `OWN_DECISION`. */
export async function refuseOwnDecision(tx: Tx, moderatorId: string, caseId: string): Promise<void> {
  if ((await tx.$count(cases, and(eq(cases.id, caseId), isOwnDecision(moderatorId)))) > 0)
    throw new AppError('OWN_DECISION')
}
