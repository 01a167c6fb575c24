import { currentEnd } from '../ends'
import { Refusal } from '../refusal'
import { MAX_UINT32, type MuteEnd, type MuteWish } from '../schemas'

/**
 * The wish that a time in a request stands for: 0 lifts, 4294967295 is for ever, anything else is seconds from now.
 * @throws Refusal with `wrongCode` when the value is no unsigned 32-bit integer
 */
export function wishOf(field: string, value: unknown, wrongCode: number): MuteWish {
  if (typeof value !== 'number' || !Number.isInteger(value) || value < 0 || value > MAX_UINT32) {
    throw new Refusal(wrongCode, 'bad-body', `${field} is not an unsigned 32-bit integer`)
  }
  if (value === 0) return null
  return value === MAX_UINT32 ? 'forever' : value
}

/**
 * Whole seconds to the end, between whole Unix seconds as a server counts them: a mute of 7200 reads 7200 in the
 * second in which it was set and 7199 in the next. Against the true instants that is off by less than a second.
 */
export function secondsLeft(end: MuteEnd, nowMs: number): number {
  const current = currentEnd(end, nowMs)
  if (current === null) return 0
  if (current === 'forever') return MAX_UINT32
  return current / 1000 - Math.floor(nowMs / 1000)
}

/** The end as the group calls give it, in Unix seconds; an end that has passed stays what it was. */
export function unixSecondsOf(end: MuteEnd): number {
  if (end === null) return 0
  return end === 'forever' ? MAX_UINT32 : end / 1000
}
