import 'server-only'
import type { Actor } from '@/lib/auth/actor'
import { requirePermission } from '@/lib/auth/require-permission'
import type { Context } from '@/lib/context'
import { type CaseDto, type QueueCursor, queueCursorSchema } from './case-schemas'
import type { NeighbourDto, NeighboursDto, NeighboursInput } from './neighbour-schemas'
import { queuePart } from './queue-part'
import { placeIn } from './queue-place'
import { queuePageSize } from './queue-rules'

/** How many rows stand before the place where its page is not the first. */
const shownBefore = 12

/**
 * The cases before and after one in a list of the queue, in its order: around where it stands now, or, when it has left
 * the list, around where it stood; there `previous` may be the very one that stood in its place. Claims nothing, and
 * tells nothing of the case itself. Throws `FORBIDDEN`.
 */
export async function findNeighbours(
  context: Context,
  actor: Actor,
  { caseId, at, ...list }: NeighboursInput,
): Promise<NeighboursDto> {
  requirePermission(actor, 'reports:read')
  const part = (wanted: Parameters<typeof queuePart>[3]) => queuePart(context, actor.id, list, wanted)
  const [own] = await part({ kind: 'one', caseId })
  const place: QueueCursor | undefined = own ? queueCursorSchema.parse(placeIn(list.tab, own)) : at
  const [before, after] = await Promise.all([
    place ? part({ kind: 'upTo', place, limit: queuePageSize + 1 }) : [],
    part({ kind: 'after', place, limit: 2 }),
  ])
  const others = ({ id }: CaseDto) => id !== caseId
  const told = (one: CaseDto | undefined): NeighbourDto | null =>
    one ? { id: one.id, number: one.number, at: placeIn(list.tab, one) } : null
  const earlier = before.filter(others)
  const edge = earlier.length < queuePageSize ? undefined : earlier[shownBefore]
  return {
    previous: told(earlier[0]),
    next: told(after.find(others)),
    isListed: own !== undefined,
    page: edge ? placeIn(list.tab, edge) : null,
  }
}
