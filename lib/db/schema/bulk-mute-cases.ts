import { sql } from 'drizzle-orm'
import { boolean, index, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core'
import { caseLeftReasons, caseLinkStatuses, caseWishes } from '@/lib/bulk-mutes/rules'
import { bulkMutes } from './bulk-mutes'
import { cases } from './cases'
import { instant } from './columns'
import { decisions } from './decisions'

/** Which cases of abuse reports a run was made for, and what becomes of each when the run has ended. */
export const bulkMuteCases = pgTable(
  'bulk_mute_cases',
  {
    bulkId: uuid('bulk_id')
      .notNull()
      .references(() => bulkMutes.id),
    caseId: uuid('case_id')
      .notNull()
      .references(() => cases.id),
    /** what its author finds of the reports, should the account be muted */
    wish: text('wish', { enum: caseWishes }).notNull(),
    status: text('status', { enum: caseLinkStatuses }).notNull().default('waiting'),
    /** why the case was left open */
    why: text('why', { enum: caseLeftReasons }),
    decisionId: uuid('decision_id').references(() => decisions.id),
    concludedAt: instant('concluded_at'),
    /** an undo of the run takes the account in: its decision may have to be taken back */
    isUndoAsked: boolean('is_undo_asked').notNull().default(false),
  },
  (table) => [
    primaryKey({ columns: [table.bulkId, table.caseId] }),
    index('bulk_mute_cases_case').on(table.caseId),
    index('bulk_mute_cases_waiting').on(table.bulkId).where(sql`status = 'waiting'`),
    index('bulk_mute_cases_undo').on(table.bulkId).where(sql`is_undo_asked`),
  ],
)
