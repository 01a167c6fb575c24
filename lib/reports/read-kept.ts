import 'server-only'
import type { Actor } from '@/lib/auth/actor'
import { requirePermission } from '@/lib/auth/require-permission'
import type { Context } from '@/lib/context'
import type { TranscriptDto } from './case-schemas'
import { getCaseRow } from './change-case'
import type { ReadKeptInput } from './kept-schemas'
import { readTranscript } from './transcript'

/** The kept messages of a case beyond those that its screen begins with. Throws `FORBIDDEN` and `NOT_FOUND`. */
export async function readKept(
  { db }: Context,
  actor: Actor,
  { caseId, after }: ReadKeptInput,
): Promise<TranscriptDto> {
  requirePermission(actor, 'reports:read')
  return await readTranscript(db, await getCaseRow(db, caseId), after)
}
