import 'server-only'
import type { BulkRow } from './internal'

/** Why a second person has to agree. Never for an undo: it gives back what held, and a mistake must not wait. */
export function approvalOf(
  { kind, until }: Pick<BulkRow, 'kind' | 'until'>,
  doing: number,
  above: number,
): 'size' | 'forever' | null {
  if (kind === 'undo') return null
  if (until === 'forever') return 'forever'
  return doing > above ? 'size' : null
}
