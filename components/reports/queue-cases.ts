import type { CollectCase, CollectPlace } from '@/components/bulk-mutes/collect-draft'
import type { CaseDto } from '@/lib/reports/case-schemas'
import { unclaimedStatuses } from '@/lib/reports/queue-rules'

/** A case in the queue as far as a bulk mute goes by it. */
export type QueueCase = CollectCase & { groupId: string | null }

const unclaimed: readonly CaseDto['status'][] = unclaimedStatuses

/** The cases that a bulk mute may be made for: open, in nobody else's hands, and not waiting for the answer to an appeal. */
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
