import type { CollectCase, CollectPlace } from '@/components/bulk-mutes/collect-draft'
import { maxBulkItems } from '@/lib/bulk-mutes/rules'
import type { CaseDto } from '@/lib/reports/case-schemas'
import { unclaimedStatuses } from '@/lib/reports/queue-rules'

/** A case in the queue as far as a bulk mute goes by it. */
export type QueueCase = CollectCase & { groupId: string | null }

const unclaimed: readonly CaseDto['status'][] = unclaimedStatuses

/**
 * The cases that a bulk mute may be made for: open, in nobody else's hands, and not waiting for the answer to an
 * appeal.
 */
export function casesToMute(cases: readonly CaseDto[]): QueueCase[] {
  return cases.filter(isToMute).map(({ id, number, connection, accused, groupId }) => ({
    id,
    number,
    connection,
    userId: accused.userId,
    groupId,
  }))
}

function isToMute({ status, claim, held }: CaseDto): boolean {
  if (status === 'claimed') return claim !== null && (claim.isYours || !claim.isLive)
  if (status === 'waiting') return held !== null && (held.for === null || held.isForYou)
  return unclaimed.includes(status)
}

/**
 * What is selected of the page and of the view beyond it, as far as it was read. `isWhole`: all that was read of the view
 * is; `isCut`: there is more than one run takes.
 */
export function chosenOf(
  page: readonly QueueCase[],
  view: { cases: readonly QueueCase[]; hasMore: boolean } | null,
  has: (id: string) => boolean,
): { chosen: QueueCase[]; isWhole: boolean; isCut: boolean } {
  // The view first, in whose order they stand; the page is the newer of both.
  const known = new Map([...(view?.cases ?? []), ...page].map((one) => [one.id, one]))
  const chosen = [...known.values()].filter(({ id }) => has(id))
  const isWhole = view?.cases.every(({ id }) => has(id)) ?? false
  const isCut = (isWhole && view?.hasMore === true) || chosen.length > maxBulkItems
  return { chosen: chosen.slice(0, maxBulkItems), isWhole, isCut }
}

/** The accounts of these cases, each once. */
export function accusedOf(cases: readonly QueueCase[]): string[] {
  return [...new Set(cases.map(({ userId }) => userId))]
}

/** The group that all these cases are about; where they differ it is not named: never a guess. */
export function commonGroup(cases: readonly QueueCase[]): { place?: CollectPlace } {
  const [{ groupId = null } = {}, ...others] = cases
  const isCommon = groupId !== null && others.every((other) => other.groupId === groupId)
  return isCommon ? { place: { in: 'group', groupId, topicId: '' } } : {}
}
