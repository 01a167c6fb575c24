import type { FieldErrorCode } from '@/lib/errors'
import { maxMuteSeconds } from '@/lib/mutes/rules'

const unitSeconds = { w: 604_800, d: 86_400, h: 3_600, m: 60, s: 1 } as const
type Unit = keyof typeof unitSeconds

/** Units from the greatest to the least, each at most once, spaces allowed between and within them. */
const pattern = /^(?:(\d+) *w)? *(?:(\d+) *d)? *(?:(\d+) *h)? *(?:(\d+) *m)? *(?:(\d+) *s)?$/

/** Longer texts are not durations; keeps the arithmetic within safe integers as well. */
const maxLength = 60

export type ParsedDuration = { ok: true; seconds: number } | { ok: false; error: FieldErrorCode }

/**
 * Reads a duration such as `90m`, `1d12h` or `1d 12h 30m`: whole numbers of w, d, h, m and s, greatest unit first.
 * Case does not matter, nor whether digits and letters were typed full-width. A bare number has no unit and is refused.
 */
export function parseDuration(text: string): ParsedDuration {
  const plain = text.normalize('NFKC').trim().toLowerCase()
  if (plain === '') return { ok: false, error: 'required' }
  // The sign is legible, so the answer can be better than "cannot be read".
  if (/^[-−]/.test(plain) && parseDuration(plain.slice(1)).ok) return { ok: false, error: 'not_positive' }
  const match = plain.length > maxLength ? null : pattern.exec(plain.replaceAll(/\s/g, ' '))
  if (!match) return { ok: false, error: 'invalid' }
  const units = Object.values(unitSeconds)
  const seconds = units.reduce((sum, unit, index) => sum + Number(match[index + 1] ?? 0) * unit, 0)
  if (seconds <= 0) return { ok: false, error: 'not_positive' }
  if (seconds > maxMuteSeconds) return { ok: false, error: 'beyond_maximum' }
  return { ok: true, seconds }
}

/** Writes whole, positive seconds so that `parseDuration` reads them back: `1d 12h`. Days are the greatest unit. */
export function formatDuration(seconds: number): string {
  return durationParts(seconds)
    .map(({ unit, count }) => `${count}${unit}`)
    .join(' ')
}

export type DurationPart = { unit: Exclude<Unit, 'w'>; count: number }

/** The units of a duration that are not zero, greatest first. */
export function durationParts(seconds: number): DurationPart[] {
  const parts: DurationPart[] = []
  let rest = seconds
  for (const unit of ['d', 'h', 'm', 's'] as const) {
    const count = Math.floor(rest / unitSeconds[unit])
    rest -= count * unitSeconds[unit]
    if (count > 0) parts.push({ unit, count })
  }
  return parts
}

/** Up to two days, whole hours are counted in hours: moderators say "24 h", not "1 d". */
const maxPlainHours = 48

/** The units in which people speak of a length: like `durationParts`, but for `24 h`. */
export function lengthParts(seconds: number): DurationPart[] {
  const hours = seconds / unitSeconds.h
  if (Number.isInteger(hours) && hours < maxPlainHours) return [{ unit: 'h', count: hours }]
  return durationParts(seconds)
}
