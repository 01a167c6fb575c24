import 'server-only'
import { record } from '@/lib/audit/record'
import type { Actor } from '@/lib/auth/actor'
import { requirePermission } from '@/lib/auth/require-permission'
import type { Context } from '@/lib/context'
import { writeCsv } from '@/lib/mutes/csv'
import type { Until } from '@/lib/mutes/schemas'
import { by, getBulk } from './internal'
import { listBulkItems } from './list-items'
import { maxBulkItems } from './rules'
import type { BulkItemDto, ExportBulkMuteInput } from './schemas'

export type BulkExport = { csv: string; bulkId: string; only: ExportBulkMuteInput['only'] }

/**
 * A run's accounts as CSV, or those that failed: the first column is the id, so that the file can be given to the next
 * run as it is. The last one has the numbers of the cases that the run decides, for those who may see cases. That they
 * were taken out is audited first. Throws `FORBIDDEN` and `NOT_FOUND`.
 */
export async function exportBulkMute(
  context: Context,
  actor: Actor,
  { bulkId, only }: ExportBulkMuteInput,
): Promise<BulkExport> {
  requirePermission(actor, 'accounts:read')
  const { connection, userId } = await getBulk(context.db, bulkId)
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
      data: { bulk: bulkId, rows: items.length, ...(userId !== '' && { ofGroups: true }) },
    }),
  )
  return { csv: writeCsv([header, ...items.map(cellsOf)]), bulkId, only }
}

const header = [
  'user_id',
  'nickname',
  'forecast',
  'state',
  'reason',
  'code',
  'before',
  'after',
  'verified_at',
  'group_id',
  'cases',
]

function cellsOf({ changes, failure, ...item }: BulkItemDto): string[] {
  const ends = (which: 'before' | 'after') =>
    changes.map((change) => `${change.scope} ${endOf(change[which])}`).join('; ')
  return [
    item.userId,
    item.nickname ?? '',
    item.forecast ?? '',
    item.state,
    item.skipped ?? (item.differs ? 'differs' : item.state === 'applied' ? '' : (failure?.kind ?? '')),
    item.state === 'applied' ? '' : String(failure?.providerCode ?? ''),
    ends('before'),
    ends('after'),
    item.verifiedAt === null ? '' : isoOf(item.verifiedAt),
    item.groupId ?? '',
    item.cases.map(({ number, state, why }) => `${number} ${why ?? state}`).join('; '),
  ]
}

function endOf(until: Until | null): string {
  if (until === null) return 'none'
  return until === 'forever' ? 'never' : isoOf(until)
}

function isoOf(at: number): string {
  return new Date(at).toISOString()
}
