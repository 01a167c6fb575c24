import 'server-only'
import type { Actor } from '@/lib/auth/actor'
import type { Tx } from '@/lib/db'
import type { CaseWrite } from './case-schemas'
import { type CaseRow, changeCase, nobody } from './change-case'
import { openCaseStatuses } from './rules'

/**
 * Takes a case for a decision: the database decides who is first. It must be open, at the version that was seen, and
 * held by the claim that is shown, or by nobody where none is. Ends the claim; until the decision is carried out the case
 * stays with whoever decides. Throws what `changeCase` throws.
 */
export function takeForDecision(tx: Tx, by: Pick<Actor, 'id'>, seen: CaseWrite): Promise<CaseRow> {
  return changeCase(tx, by, seen, openCaseStatuses, {
    ...nobody,
    status: 'decided',
    claimedBy: by.id,
    lookAgainAt: null,
  })
}
