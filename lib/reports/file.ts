import 'server-only'
import type { Actor } from '@/lib/auth/actor'
import { requirePermission } from '@/lib/auth/require-permission'
import { hashOf } from '@/lib/bulk-mutes/earlier'
import type { Context } from '@/lib/context'
import type { FiledReportDto, FileReportInput } from './report-schemas'
import { takeIn } from './take-in'

/**
 * Files a report, by a program or by a moderator: it goes into the open case on the same accused in the same
 * conversation, or opens one, and its evidence is taken at once. The same idempotency key of one moderator with the same
 * input gives the first report again. Throws `FORBIDDEN`, `UNKNOWN_CONNECTION` and `IDEMPOTENCY_MISMATCH`.
 */
export async function fileReport(
  context: Pick<Context, 'db' | 'provider'>,
  actor: Actor,
  { idempotencyKey, ...input }: FileReportInput,
): Promise<FiledReportDto> {
  requirePermission(actor, 'reports:file')
  context.provider(input.connection)
  return takeIn(context.db, actor, {
    ...input,
    source: actor.apiKey ? 'api' : 'console',
    reporterId: input.reporterId ?? null,
    groupId: input.groupId ?? '',
    topicId: input.topicId ?? '',
    peerId: input.peerId ?? '',
    clientTime: input.clientTime ?? null,
    idempotencyKey: `${actor.id}:${idempotencyKey}`,
    inputHash: hashOf(input),
  })
}
