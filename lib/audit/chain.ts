import { createHash } from 'node:crypto'
import { canonicalJson } from './canonical'
import type { AuditOutcome, AuditType } from './events'

/** What an event's hash covers: all of its row but the hashes. */
export type AuditLink = {
  seq: number
  at: number
  type: AuditType
  outcome: AuditOutcome
  actorId: string | null
  actorName: string
  connection: string | null
  userId: string | null
  commandId: string | null
  data: unknown
}

/** The hash before the first event. */
export const genesisHash = '0'.repeat(64)

/** sha256 of the previous hash and the event's canonical JSON, in hex. */
export function hashLink(prevHash: string, link: AuditLink): string {
  return createHash('sha256').update(prevHash).update(canonicalJson(link)).digest('hex')
}
