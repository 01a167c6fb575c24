import type { MuteEnd, MuteWish } from './schemas'

/**
 * The end of a mute of so many seconds from now. Ends are whole seconds, as a server has them that stores Unix
 * time: the second that is running counts as begun.
 */
export function endOfWish(wish: MuteWish, nowMs: number): MuteEnd {
  if (wish === null || wish === 'forever') return wish
  return (Math.floor(nowMs / 1000) + wish) * 1000
}

/** The end as it stands now: a mute that is over is none. */
export function currentEnd(end: MuteEnd, nowMs: number): MuteEnd {
  if (end === null || end === 'forever') return end
  return end > Math.floor(nowMs / 1000) * 1000 ? end : null
}
