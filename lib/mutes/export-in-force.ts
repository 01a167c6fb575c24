import 'server-only'
import { record } from '@/lib/audit/record'
import type { Actor } from '@/lib/auth/actor'
import { requirePermission } from '@/lib/auth/require-permission'
import type { Context } from '@/lib/context'
import { writeCsv } from './csv'
import { mutesInForce } from './in-force'
import { type LedgerFilters, type MuteInForceDto, maxExportedMutes } from './ledger-schemas'

export type MuteExport = {
  csv: string
  /** there are more than an export holds; it has those that end soonest */
  isCut: boolean
  /** epoch ms at which all of them held */
  at: number
}

/** The mutes that hold, up to 10 000, as CSV. That they were taken out is audited first. Throws `FORBIDDEN`. */
export async function exportMutesInForce(
  { db, clock }: Context,
  actor: Actor,
  filters: LedgerFilters,
): Promise<MuteExport> {
  requirePermission(actor, 'accounts:read')
  const at = clock.now()
  const found = await mutesInForce(db, filters, { limit: maxExportedMutes + 1 }, at)
  const isCut = found.length > maxExportedMutes
  const rows = found.slice(0, maxExportedMutes).map(({ mute }) => cellsOf(mute))
  await db.transaction((tx) =>
    record(tx, {
      type: 'mutes.exported',
      actorId: actor.id,
      actorName: actor.name,
      ...(filters.connection === undefined ? {} : { connection: filters.connection }),
      data: { rows: rows.length, isCut, filters },
    }),
  )
  return { csv: writeCsv([header, ...rows]), isCut, at }
}

const header = [
  'connection',
  'scope',
  'user_id',
  'nickname',
  'group_id',
  'group_name',
  'topic_id',
  'ends_at',
  'author',
  'muted_at',
  'reason_category',
  'reason',
  'changed_outside',
  'roles',
  'bulk_mute',
  'case',
]

function cellsOf({ cause, ...mute }: MuteInForceDto): string[] {
  return [
    mute.connection,
    mute.scope,
    mute.userId,
    mute.nickname ?? '',
    mute.groupId ?? '',
    mute.groupName ?? '',
    mute.topicId ?? '',
    mute.until === 'forever' ? 'never' : isoOf(mute.until),
    cause?.actorName ?? '',
    cause ? isoOf(cause.requestedAt) : '',
    cause?.reason.category ?? '',
    cause?.reason.text ?? '',
    mute.drift ?? '',
    mute.roles?.join(' ') ?? '',
    cause?.bulkId ?? '',
    cause?.case?.number.toString() ?? '',
  ]
}

function isoOf(at: number): string {
  return new Date(at).toISOString()
}
