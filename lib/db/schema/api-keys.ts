import { pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { apiScopes } from '@/lib/auth/roles'
import { databaseNow, instant } from './columns'
import { moderators } from './moderators'

/** What other programs act with, in the name of a moderator. The secret itself is not kept. */
export const apiKeys = pgTable(
  'api_keys',
  {
    id: uuid('id').primaryKey().defaultRandom(),
    name: text('name').notNull(),
    /** the beginning of the secret, `hd_…`: finds the key and lets people recognise it; opens nothing */
    prefix: text('prefix').notNull(),
    /** sha256 of the whole secret, in hex; 256 random bits need no slow hash */
    secretHash: text('secret_hash').notNull(),
    scopes: text('scopes', { enum: apiScopes }).array().notNull(),
    /** whose rights it has, at most */
    moderatorId: uuid('moderator_id')
      .notNull()
      .references(() => moderators.id),
    /** null: made at the command line */
    createdBy: uuid('created_by').references(() => moderators.id),
    createdAt: instant('created_at').notNull().default(databaseNow),
    lastUsedAt: instant('last_used_at'),
    revokedAt: instant('revoked_at'),
  },
  (table) => [uniqueIndex('api_keys_prefix').on(table.prefix)],
)
