/** Of the provider's limit; the rest is for calls that travel at different speeds and for other users of the app. */
const share = 0.9
const mostPermits = 10
/** How far ahead of now bulk work may fill the line: what an interactive call finds before it is about as long. */
const bulkReachMicros = 50_000
/** Enough for a bulk caller to reserve again before the line runs dry. */
const leastBulkLeadMicros = 10_000

/** Microseconds of the line that one permit takes up: a second divided by 90 % of the limit, rounded up. */
export function permitMicros(perSecond: number): number {
  return Math.ceil(1_000_000 / (perSecond * share))
}

/**
 * The most permits that one reservation may hold; they fall due together, at its begin.
 *
 * A second that begins anywhere sees whole reservations, which together fit into it (`⌊1 s / permitMicros⌋` permits),
 * and the begin of one more. So a reservation may hold no more than what is left up to the limit. Half of that is
 * taken: the other half is for calls that reach the provider a little closer together than they fell due.
 */
export function maxPermits(perSecond: number): number {
  const left = Math.floor(perSecond) - Math.floor(1_000_000 / permitMicros(perSecond))
  return Math.max(1, Math.min(mostPermits, Math.floor(left / 2)))
}

/** How far ahead of now the line may be filled already for a bulk reservation of `takenMicros` to join it. */
export function bulkLeadMicros(takenMicros: number): number {
  return Math.max(bulkReachMicros - takenMicros, leastBulkLeadMicros)
}

/** How many permits a bulk caller reserves at most for itself and those behind it: they take up half of the reach. */
export function stretchPermits(perSecond: number): number {
  return Math.max(1, Math.floor(bulkReachMicros / 2 / permitMicros(perSecond)))
}
