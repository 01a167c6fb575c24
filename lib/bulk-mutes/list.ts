import 'server-only'
import { and, desc, eq, type SQL, sql } from 'drizzle-orm'
import type { Actor } from '@/lib/auth/actor'
import { requirePermission } from '@/lib/auth/require-permission'
import type { Context } from '@/lib/context'
import { bulkMutes } from '@/lib/db/schema'
import { bulkDtos } from './dto'
import { getBulk } from './internal'
import type { BulkMutesDto, ListBulkMutesInput } from './schemas'

/** Runs on one page of the list. */
const pageSize = 25

/** The runs, newest first, page by page. Throws `FORBIDDEN`, and `NOT_FOUND` for a page after no run. */
export async function listBulkMutes(
  context: Context,
  actor: Actor,
  { status, before }: ListBulkMutesInput,
): Promise<BulkMutesDto> {
  requirePermission(actor, 'accounts:read')
  const last = before === undefined ? undefined : await getBulk(context.db, before)
  const isOlder: SQL | undefined =
    last &&
    sql`(${bulkMutes.createdAt}, ${bulkMutes.id}) < (${new Date(last.createdAt).toISOString()}::timestamptz, ${last.id}::uuid)`
  const found = await context.db
    .select()
    .from(bulkMutes)
    .where(and(status && eq(bulkMutes.status, status), isOlder))
    .orderBy(desc(bulkMutes.createdAt), desc(bulkMutes.id))
    .limit(pageSize + 1)
  const page = found.slice(0, pageSize)
  return {
    runs: await bulkDtos(context, actor, page),
    next: found.length > pageSize ? (page.at(-1)?.id ?? null) : null,
    serverNow: context.clock.now(),
  }
}
