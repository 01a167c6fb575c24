import 'server-only'
import { inArray } from 'drizzle-orm'
import type { Db, Tx } from '@/lib/db'
import { apiKeys, bulkMutes } from '@/lib/db/schema'
import type { BulkRow } from './internal'
import type { BulkKind } from './rules'

/**
 * Why a second person has to agree. Not for the undo of a mute, which gives back what held: a mistake must not wait. The
 * undo of a lift, or of an undo, mutes. `undone`: the kind of the run that an undo is of.
 */
export function approvalOf(
  { kind, until }: Pick<BulkRow, 'kind' | 'until'>,
  undone: BulkKind | null,
  doing: number,
  above: number,
): 'size' | 'forever' | null {
  if (kind === 'undo' && undone === 'mute') return null
  if (until === 'forever') return 'forever'
  return doing > above ? 'size' : null
}

/** Tells of each of these runs the kind of the one that it undoes; null: it undoes none. */
export async function undoneKinds(
  db: Db | Tx,
  bulks: readonly Pick<BulkRow, 'undoOf'>[],
): Promise<(bulk: Pick<BulkRow, 'undoOf'>) => BulkKind | null> {
  const ids = bulks.flatMap(({ undoOf }) => (undoOf === null ? [] : [undoOf]))
  const rows =
    ids.length === 0
      ? []
      : await db
          .select({ id: bulkMutes.id, kind: bulkMutes.kind })
          .from(bulkMutes)
          .where(inArray(bulkMutes.id, ids))
  const kinds = new Map(rows.map(({ id, kind }) => [id, kind]))
  return ({ undoOf }) => (undoOf === null ? null : (kinds.get(undoOf) ?? null))
}

type Owned = Pick<BulkRow, 'actorId' | 'apiKeyId'>

/**
 * Tells whether a run of these is somebody's own, who then is not the second person: it is its author's, and also of
 * whoever made the key by which it was made, who would otherwise be both of the two.
 */
export async function ownersOf(
  db: Db | Tx,
  bulks: readonly Owned[],
): Promise<(bulk: Owned, moderatorId: string) => boolean> {
  const ids = bulks.flatMap(({ apiKeyId }) => (apiKeyId === null ? [] : [apiKeyId]))
  const rows =
    ids.length === 0
      ? []
      : await db
          .select({ id: apiKeys.id, createdBy: apiKeys.createdBy })
          .from(apiKeys)
          .where(inArray(apiKeys.id, ids))
  const makers = new Map(rows.map(({ id, createdBy }) => [id, createdBy]))
  return ({ actorId, apiKeyId }, moderatorId) =>
    actorId === moderatorId || (apiKeyId !== null && makers.get(apiKeyId) === moderatorId)
}
