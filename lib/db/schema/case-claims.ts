import { index, pgTable, uuid } from 'drizzle-orm/pg-core'
import { cases } from './cases'
import { instant } from './columns'
import { moderators } from './moderators'

/** Who had a case in hand, from when to when: written by the trigger `cases_times` of `cases`, whatever ends a claim. */
export const caseClaims = pgTable(
  'case_claims',
  {
    /** the claim's token, which means nothing any more once it has ended */
    id: uuid('id').primaryKey(),
    caseId: uuid('case_id')
      .notNull()
      .references(() => cases.id),
    moderatorId: uuid('moderator_id')
      .notNull()
      .references(() => moderators.id),
    claimedAt: instant('claimed_at').notNull(),
    /** null: it holds, until it is let go or the case's `claim_until`; then never later than that */
    endedAt: instant('ended_at'),
  },
  // All columns that are asked for, so that the index alone answers.
  (table) => [index('case_claims_claimed').on(table.claimedAt, table.moderatorId, table.endedAt)],
)
