/** When something ends: epoch ms of the server's clock, or never. */
export type End = number | 'forever'

/** The rest of a time as it is shown, in the two greatest units that matter. */
export type Remaining =
  | { kind: 'forever' | 'ended' }
  | { kind: 'days'; days: number; hours: number }
  | { kind: 'hours'; hours: number; minutes: number }
  | { kind: 'minutes'; minutes: number; seconds: number }
  | { kind: 'seconds'; seconds: number }

const minute = 60
const hour = 60 * minute
const day = 24 * hour

/**
 * How long it is until `end` at `now`, both epoch ms. Started seconds count, so that nothing shows zero before it has
 * ended; smaller units than the two shown are cut off, so that nothing shows more than is left of them.
 */
export function remainingAt(end: End, now: number): Remaining {
  if (end === 'forever') return { kind: 'forever' }
  const left = Math.ceil((end - now) / 1_000)
  if (left <= 0) return { kind: 'ended' }
  if (left >= day)
    return { kind: 'days', days: Math.floor(left / day), hours: Math.floor((left % day) / hour) }
  if (left >= hour) {
    return { kind: 'hours', hours: Math.floor(left / hour), minutes: Math.floor((left % hour) / minute) }
  }
  if (left >= minute) return { kind: 'minutes', minutes: Math.floor(left / minute), seconds: left % minute }
  return { kind: 'seconds', seconds: left }
}

/** How long ago something was, in its greatest unit; an instant ahead counts as now. */
export type Age = { kind: 'now' | 'seconds' | 'minutes' | 'hours' | 'days'; count: number }

/** How long ago `at` was at `now`, both epoch ms. The first two seconds are "now". */
export function ageAt(at: number, now: number): Age {
  const passed = Math.floor((now - at) / 1_000)
  if (passed < 2) return { kind: 'now', count: 0 }
  if (passed < minute) return { kind: 'seconds', count: passed }
  if (passed < hour) return { kind: 'minutes', count: Math.floor(passed / minute) }
  if (passed < day) return { kind: 'hours', count: Math.floor(passed / hour) }
  return { kind: 'days', count: Math.floor(passed / day) }
}

/** The shortest way to write an instant that cannot be misread: of the console's formats, see `lib/i18n/formats.ts`. */
export type InstantStyle = 'today' | 'weekdayTime' | 'dayTime' | 'yearTime'

const weekdayReachMs = 6 * day * 1_000

/** How to write `at` for a reader at `now` in `timeZone`: a weekday alone only within six days, so that it is one day. */
export function instantStyle(at: number, now: number, timeZone: string): InstantStyle {
  const dayOf = new Intl.DateTimeFormat('en-CA', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  })
  const [there, here] = [dayOf.format(at), dayOf.format(now)]
  if (there === here) return 'today'
  if (Math.abs(at - now) <= weekdayReachMs) return 'weekdayTime'
  return there.slice(0, 4) === here.slice(0, 4) ? 'dayTime' : 'yearTime'
}
