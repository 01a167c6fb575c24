import { type SQL, sql } from 'drizzle-orm'

const mark = '/* one plan */'

/**
 * Conditions of a statement with a limit, saying that one plan serves all its values: an index holds the rows that they
 * name, in the order that is asked for. The embedded engine then plans it once instead of each time.
 */
export function withOnePlan(conditions: SQL | undefined): SQL {
  return sql`${conditions} ${sql.raw(mark)}`
}

/** Whether a statement's text says so. */
export function saysOnePlan(text: string): boolean {
  return text.includes(mark)
}
