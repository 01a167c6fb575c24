import type { CaseDto } from './case-schemas'
import type { QueueTab } from './queue-rules'

/**
 * A case's place in the order of a tab, as addresses have it: what follows it begins after this, also when the case is not
 * there any more. Two numbers and its id, parted by full stops.
 */
export function placeIn(tab: QueueTab, one: CaseDto): string {
  return keyOf(tab, one).join('.')
}

function keyOf(tab: QueueTab, one: CaseDto): [number, number, string] {
  switch (tab) {
    case 'held':
      return [one.held?.until ?? 0, 0, one.id]
    case 'expiring':
      return [one.muteEndsAt ?? 0, 0, one.id]
    case 'done':
      return [one.closedAt ?? 0, 0, one.id]
    case 'new':
    case 'mine':
    case 'appeals':
      return [-one.priority, one.dueAt, one.id]
    default:
      return tab satisfies never
  }
}
