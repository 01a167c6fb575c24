import { sql } from 'drizzle-orm'
import { index, integer, jsonb, pgTable, text, uuid } from 'drizzle-orm/pg-core'
import { noticeStatuses, type ReportCategory } from '@/lib/reports/rules'
import { cases } from './cases'
import { databaseNow, instant } from './columns'

/** The call about an urgent case to its connection's webhook: one for each case, whatever comes of it later. */
export const casePages = pgTable(
  'case_pages',
  {
    caseId: uuid('case_id')
      .primaryKey()
      .references(() => cases.id),
    /** under which it is repeated */
    id: uuid('id').notNull(),
    connection: text('connection').notNull(),
    category: text('category').$type<ReportCategory>().notNull(),
    urgentAt: instant('urgent_at').notNull().default(databaseNow),
    /** `cancelled`: the connection had no webhook */
    status: text('status', { enum: noticeStatuses }).notNull().default('held'),
    /** when it is tried; while `sending`, the lease */
    sendAfter: instant('send_after').notNull().default(databaseNow),
    attempts: integer('attempts').notNull().default(0),
    failure: jsonb('failure'),
    sentAt: instant('sent_at'),
  },
  (table) => [index('case_pages_due').on(table.sendAfter).where(sql`status in ('held', 'sending')`)],
)
