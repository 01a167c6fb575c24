import { defineConfig } from 'drizzle-kit'

/**
 * How to make a migration, from the repository's root, after a change in `lib/db/schema/`:
 *
 *     npx drizzle-kit generate --config lib/db/drizzle.config.ts --name what_it_does
 *
 * and for SQL that the schema cannot express (triggers, data), an empty file to write by hand:
 *
 *     npx drizzle-kit generate --config lib/db/drizzle.config.ts --custom --name what_it_does
 *
 * Read the SQL before committing it; a migration that has left the machine is never edited. They run by themselves
 * when the database is opened. `lib/db/migrate.test.ts` holds the schema against them.
 */
export default defineConfig({
  dialect: 'postgresql',
  schema: './lib/db/schema/index.ts',
  out: './lib/db/migrations',
})
