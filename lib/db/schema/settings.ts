import { bigint, jsonb, pgTable, text, uuid } from 'drizzle-orm/pg-core'
import { databaseNow, instant } from './columns'
import { moderators } from './moderators'

/** What leads may change while the console runs; the value is parsed by the schema of its key (lib/settings/schemas.ts). */
export const settings = pgTable('settings', {
  key: text('key').primaryKey(),
  value: jsonb('value').notNull(),
  version: bigint('version', { mode: 'number' }).notNull().default(1),
  changedAt: instant('changed_at').notNull().default(databaseNow),
  changedBy: uuid('changed_by').references(() => moderators.id),
})
