/**
 * Wall-clock times as `<input type="datetime-local">` writes them (`2026-03-01T14:05`), read and written in any time
 * zone: the one that the console shows times in need not be the browser's. Instants are epoch milliseconds.
 */

const wallPattern = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2})?$/
const dayMs = 86_400_000

/**
 * The instant of a wall-clock time in `timeZone`; null for what is no such time. One that comes twice, when the clocks
 * are put back, is the first; one that is skipped, when they are put forward, counts on from before the change.
 */
export function instantOfWall(text: string, timeZone: string): number | null {
  if (!wallPattern.test(text)) return null
  const asUtc = Date.parse(`${text}Z`)
  // `Date.parse` takes 30 February for 2 March.
  if (Number.isNaN(asUtc) || !new Date(asUtc).toISOString().startsWith(text)) return null
  // A day to either side lies beyond any one change of the offset.
  const candidates = [asUtc - dayMs, asUtc + dayMs].map((near) => asUtc - offsetAt(near, timeZone))
  return candidates.find((at) => at + offsetAt(at, timeZone) === asUtc) ?? candidates[0] ?? null
}

/** How the clocks in `timeZone` show an instant, to the minute. */
export function wallOfInstant(at: number, timeZone: string): string {
  return new Date(at + offsetAt(at, timeZone)).toISOString().slice(0, 16)
}

/** How far the clocks in `timeZone` are ahead of UTC at an instant, ms. */
function offsetAt(at: number, timeZone: string): number {
  const parts = new Intl.DateTimeFormat('en', {
    timeZone,
    calendar: 'iso8601',
    hourCycle: 'h23',
    era: 'short',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  }).formatToParts(at)
  const of = (type: Intl.DateTimeFormatPartTypes) => Number(parts.find((part) => part.type === type)?.value)
  const wall = Date.UTC(of('year'), of('month') - 1, of('day'), of('hour'), of('minute'), of('second'))
  return wall - Math.floor(at / 1_000) * 1_000
}
