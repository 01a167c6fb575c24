import { index, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { roles } from '@/lib/auth/roles'
import { databaseNow, instant } from './columns'

/** The people who sign in. `email` is stored in lower case. */
export const moderators = pgTable(
  'moderators',
  {
    id: uuid('id').primaryKey().defaultRandom(),
    email: text('email').notNull(),
    name: text('name').notNull(),
    role: text('role', { enum: roles }).notNull(),
    /** argon2id, in PHC format */
    passwordHash: text('password_hash').notNull(),
    createdAt: instant('created_at').notNull().default(databaseNow),
    disabledAt: instant('disabled_at'),
  },
  (table) => [uniqueIndex('moderators_email').on(table.email)],
)

/** One sign-in on one browser. The token in the cookie carries only the opaque `id`; this row decides. */
export const sessions = pgTable(
  'sessions',
  {
    id: uuid('id').primaryKey(),
    moderatorId: uuid('moderator_id')
      .notNull()
      .references(() => moderators.id),
    createdAt: instant('created_at').notNull().default(databaseNow),
    seenAt: instant('seen_at').notNull().default(databaseNow),
    revokedAt: instant('revoked_at'),
  },
  (table) => [index('sessions_moderator').on(table.moderatorId)],
)
