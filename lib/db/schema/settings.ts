import { bigint, jsonb, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core'
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

/**
 * Every value that a setting has had, the present one too. Append-only: triggers refuse UPDATE, DELETE and TRUNCATE.
 * Written only with the change itself, by `lib/settings/internal.ts`; versions from before there was a history are missing.
 */
export const settingVersions = pgTable(
  'setting_versions',
  {
    key: text('key').notNull(),
    version: bigint('version', { mode: 'number' }).notNull(),
    value: jsonb('value').notNull(),
    changedAt: instant('changed_at').notNull(),
    changedBy: uuid('changed_by').references(() => moderators.id),
  },
  (table) => [primaryKey({ columns: [table.key, table.version] })],
)
