import 'server-only'
import { pipeline, type Readable } from 'node:stream'
import { parse } from 'csv-parse'
import { record } from '@/lib/audit/record'
import type { Db } from '@/lib/db'
import { rememberAccounts, type SeenAccount } from './remember'
import { connectionKeySchema, importRowSchema } from './schemas'

export type ImportResult = {
  imported: number
  /** lines that were left out, by their number in the file, with the field and what is wrong with it */
  skipped: { line: number; field: string; problem: string }[]
}

const batchSize = 1_000

type ParsedLine = { record: unknown; info: { lines: number } }

/**
 * Feeds the directory from a CSV with a header (`user_id`, `nickname`, `avatar_url`; quoted cells, BOM). Lines that
 * cannot be an account are left out and named. Called from the command line, where no moderator signs in; it writes
 * names only and records itself in the audit. Throws when the file cannot be read, is not CSV or has no `user_id` column;
 * what was taken over before the fault stays, and is recorded as broken off.
 */
export async function importAccounts(db: Db, connection: string, csv: Readable): Promise<ImportResult> {
  connectionKeySchema.parse(connection)
  const parser = parse({ columns: true, bom: true, trim: false, skip_empty_lines: true, info: true })
  // A file that cannot be read ends the loop below, which throws what happened.
  const lines = pipeline(csv, parser, () => {})
  const result: ImportResult = { imported: 0, skipped: [] }
  let batch = new Map<string, SeenAccount>()
  const flush = async () => {
    await rememberAccounts(db, [...batch.values()])
    result.imported += batch.size
    batch = new Map()
  }
  const tell = (isBrokenOff: boolean) =>
    db.transaction((tx) =>
      record(tx, {
        type: 'directory.imported',
        actorId: null,
        actorName: 'command line',
        connection,
        data: {
          imported: result.imported,
          skipped: result.skipped.length,
          ...(isBrokenOff && { isBrokenOff: true as const }),
        },
      }),
    )
  try {
    for await (const { record: cells, info } of lines as AsyncIterable<ParsedLine>) {
      if (result.imported === 0 && batch.size === 0) requireUserIdColumn(cells)
      const row = importRowSchema.safeParse(cells)
      if (!row.success) {
        const [issue] = row.error.issues
        result.skipped.push({
          line: info.lines,
          field: issue?.path.join('.') ?? '',
          problem: issue?.message ?? 'invalid',
        })
        continue
      }
      const { user_id: userId, nickname, avatar_url: avatarUrl } = row.data
      batch.set(userId, { connection, userId, nickname: nickname || null, avatarUrl: avatarUrl || null })
      if (batch.size >= batchSize) await flush()
    }
    await flush()
  } catch (error) {
    // What came before the fault is in the directory.
    if (result.imported > 0) await tell(true)
    throw error
  }
  await tell(false)
  return result
}

function requireUserIdColumn(cells: unknown): void {
  if (typeof cells !== 'object' || cells === null || !('user_id' in cells))
    throw new Error('the file has no column user_id in its first line')
}
