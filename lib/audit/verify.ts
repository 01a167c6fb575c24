import 'server-only'
import { asc, getTableColumns, gt, sql } from 'drizzle-orm'
import type { Db } from '@/lib/db'
import { auditEvents, auditHead } from '@/lib/db/schema'
import { genesisHash, hashLink } from './chain'

const rowsAtOnce = 2_000
/** Enough to see where; after a first break there may be many. */
const mostBadLinks = 20

export type AuditVerdict = {
  ok: boolean
  /** events read */
  rows: number
  /** the first places (`seq`) at which the chain does not hold: the event is changed, or what came before it is */
  badLinks: number[]
}

/**
 * Reads the whole audit, oldest first, and recomputes its chain: finds events that were changed, removed, put in or
 * swapped, and an end that does not fit. Safe while events are written. It cannot see that a whole database was put
 * back to an earlier state, nor a chain that somebody with the owner's rights computed anew.
 */
export async function verifyAudit(db: Db): Promise<AuditVerdict> {
  const badLinks: number[] = []
  let rows = 0
  let last = { seq: 0, hash: genesisHash }
  for (;;) {
    const page = await readPage(db, last.seq)
    for (const { prevHash, hash, at, ...row } of page) {
      const follows = row.seq === last.seq + 1 && prevHash === last.hash
      if (!follows || hash !== hashLink(prevHash, { ...row, at: Number(at) })) badLinks.push(row.seq)
      last = { seq: row.seq, hash }
    }
    rows += page.length
    if (page.length === rowsAtOnce) continue
    // One statement reads one state: what was appended meanwhile is read before the end is judged.
    const end = await readEnd(db)
    if (end.newest > last.seq) continue
    if (end.seq !== last.seq || end.hash !== last.hash) badLinks.push(last.seq + 1)
    return { ok: badLinks.length === 0, rows, badLinks: badLinks.slice(0, mostBadLinks) }
  }
}

async function readPage(db: Db, after: number) {
  const { prevHash, hash, ...columns } = getTableColumns(auditEvents)
  return await db
    .select({
      ...columns,
      // As a number of milliseconds that also exists for instants which `record` never writes.
      at: sql<string>`(extract(epoch from ${auditEvents.at}) * 1000)::text`,
      prevHash,
      hash,
    })
    .from(auditEvents)
    .where(gt(auditEvents.seq, after))
    .orderBy(asc(auditEvents.seq))
    .limit(rowsAtOnce)
}

async function readEnd(db: Db) {
  const [end] = await db
    .select({
      seq: auditHead.seq,
      hash: auditHead.hash,
      newest: sql`coalesce((select max(${auditEvents.seq}) from ${auditEvents}), 0)`.mapWith(Number),
    })
    .from(auditHead)
  return end ?? { seq: -1, hash: '', newest: 0 }
}
