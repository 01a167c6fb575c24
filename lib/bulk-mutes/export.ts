import 'server-only'
import { record } from '@/lib/audit/record'
import type { Actor } from '@/lib/auth/actor'
import { requirePermission } from '@/lib/auth/require-permission'
import type { Context } from '@/lib/context'
import { writeCsv } from '@/lib/mutes/csv'
import type { Until } from '@/lib/mutes/schemas'
import { bulkFileColumns } from './file-schemas'
import { type BulkRow, by, getBulk } from './internal'
import { listBulkItems } from './list-items'
import { maxBulkItems } from './rules'
import type { BulkItemDto, ExportBulkMuteInput } from './schemas'

/** `ofGroups`: its rows are the groups of one account. */
export type BulkExport = {
  csv: string
  bulkId: string
  only: ExportBulkMuteInput['only']
  ofGroups: boolean
}

/**
 * A run's accounts as CSV, or those that failed: the first column is the id, so that the file can be given to the next
 * run as it is. Of a run over the groups of one account the rows are groups, which the form of a new run does not take
 * for accounts. The last column has the numbers of the cases that the run decides, for those who may see cases. That
 * they were taken out is audited first. Throws `FORBIDDEN` and `NOT_FOUND`.
 */
export async function exportBulkMute(
  context: Context,
  actor: Actor,
  { bulkId, only }: ExportBulkMuteInput,
): Promise<BulkExport> {
  requirePermission(actor, 'accounts:read')
  const run = await getBulk(context.db, bulkId)
  const { connection } = run
  const ofGroups = run.userId !== ''
  const { items } = await listBulkItems(context, actor, {
    bulkId,
    limit: maxBulkItems,
    ...(only === 'failed' ? { state: 'rejected' } : {}),
  })
  await context.db.transaction((tx) =>
    record(tx, {
      type: 'bulk_mute.exported',
      ...by(actor),
      connection,
      data: { bulk: bulkId, rows: items.length, ...(ofGroups && { ofGroups }) },
    }),
  )
  const csv = writeCsv([bulkFileColumns, ...items.map((item) => cellsOf(item, run))])
  return { csv, bulkId, only, ofGroups }
}

type Run = Pick<BulkRow, 'id' | 'connection'>

function cellsOf({ changes, failure, ...item }: BulkItemDto, run: Run): string[] {
  const ends = (which: 'before' | 'after') =>
    changes.map((change) => `${change.scope} ${endOf(change[which])}`).join('; ')
  const isDone = item.state === 'applied'
  const cells: Record<(typeof bulkFileColumns)[number], string> = {
    user_id: item.userId,
    nickname: item.nickname ?? '',
    forecast: item.forecast ?? '',
    state: item.state,
    reason: item.skipped ?? (item.differs ? 'differs' : isDone ? '' : (failure?.kind ?? '')),
    code: isDone ? '' : String(failure?.providerCode ?? ''),
    before: ends('before'),
    after: ends('after'),
    verified_at: item.verifiedAt === null ? '' : isoOf(item.verifiedAt),
    group_id: item.groupId ?? '',
    connection: run.connection,
    run: run.id,
    cases: item.cases.map(({ number, state, why }) => `${number} ${why ?? state}`).join('; '),
  }
  return bulkFileColumns.map((column) => cells[column])
}

function endOf(until: Until | null): string {
  if (until === null) return 'none'
  return until === 'forever' ? 'never' : isoOf(until)
}

function isoOf(at: number): string {
  return new Date(at).toISOString()
}
