import 'server-only'
import type { Context } from '@/lib/context'
import { muteStates } from '@/lib/db/schema'
import type { CallOptions } from '@/lib/provider/port'
import { observe, observeMembers } from './observe'
import { readPlace } from './place'
import { rowsOf, type Subject } from './reconcile-subjects'
import type { Until } from './schemas'

/** Members of a group whose mutes are written down in one statement. */
const membersAtOnce = 1_000

/**
 * Asks the provider what holds for a subject, in one call, and writes it down: of members also those whom the ledger has
 * never heard of. Throws `ProviderError`, and `GROUP_NOT_FOUND`.
 */
export async function readSubject(context: Context, subject: Subject, options: CallOptions): Promise<void> {
  const { place, isOfMembers } = subject
  const { db } = context
  if (!isOfMembers) return observe(db, place, await readPlace(context, place, options))
  const askedAt = context.clock.now()
  const { groupId, topicId } = place
  const reading = await context
    .provider(place.connection)
    .readMemberMutes(topicId === '' ? { groupId } : { groupId, topicId }, options)
  if (!reading) return
  const known = await db.select({ userId: muteStates.userId }).from(muteStates).where(rowsOf(subject))
  const told = new Map<string, Until | null>(known.map(({ userId }) => [userId, null]))
  for (const [userId, until] of reading.until) told.set(userId, until)
  const members = [...told]
  for (let start = 0; start < members.length; start += membersAtOnce)
    await observeMembers(db, place, askedAt, new Map(members.slice(start, start + membersAtOnce)))
}
