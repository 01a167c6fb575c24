import 'server-only'
import { getTableColumns, type InferInsertModel, SQL, sql } from 'drizzle-orm'
import { type PgColumn, PgJsonb, type PgTable } from 'drizzle-orm/pg-core'

/**
 * Rows to insert as one parameter of the statement: `tx.insert(table).select(rowsOf(table, rows))`. A parameter for each
 * field of hundreds of rows takes many times as long to build, to parse and to plan. All rows name the same columns as
 * the first one. `shared`: what the statement computes for all of them, like the database's clock; what neither names
 * has its default.
 */
export function rowsOf<Table extends PgTable, Key extends keyof InferInsertModel<Table> = never>(
  table: Table,
  rows: readonly Omit<InferInsertModel<Table>, Key>[],
  shared?: Record<Key, SQL>,
): SQL {
  const columns: Record<string, PgColumn> = getTableColumns(table)
  const sharedOf: Record<string, SQL | undefined> = shared ?? {}
  const named = Object.keys(rows[0] ?? {}).flatMap((key) => {
    const column = columns[key]
    return column ? [{ key, column }] : []
  })
  const isNamed = new Set(named.map(({ key }) => key))
  const values = Object.entries(columns)
    .filter(([, column]) => column.generated === undefined)
    .map(([key, column]) => {
      if (isNamed.has(key)) return sql`rows.${sql.identifier(column.name)}`
      return sharedOf[key] ?? defaultOf(column)
    })
  const columnsOf = Object.fromEntries(named.map(({ key, column }) => [key, column]))
  return sql`select ${sql.join(values, sql`, `)} from ${recordsOf('rows', columnsOf, rows)}`
}

/** Records as a table of the statement, in one parameter: `name`, with the types and the names of these columns. */
export function recordsOf(
  name: string,
  columns: Readonly<Record<string, PgColumn>>,
  records: readonly Readonly<Record<string, unknown>>[],
): SQL {
  const entries = Object.entries(columns)
  const json = records.map((record) =>
    Object.fromEntries(entries.map(([key, column]) => [column.name, toJson(column, record[key])])),
  )
  const types = entries.map(
    ([, column]) => sql`${sql.identifier(column.name)} ${sql.raw(column.getSQLType())}`,
  )
  return sql`jsonb_to_recordset(${JSON.stringify(json)}::jsonb) as ${sql.identifier(name)} (${sql.join(types, sql`, `)})`
}

function toJson(column: PgColumn, value: unknown): unknown {
  if (value === null || value === undefined) return null
  return column instanceof PgJsonb ? value : column.mapToDriverValue(value)
}

function defaultOf(column: PgColumn): SQL {
  if (column.default === undefined) return sql`null`
  if (column.default instanceof SQL) return column.default
  return sql`${sql.param(column.default, column)}::${sql.raw(column.getSQLType())}`
}
