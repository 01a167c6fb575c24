import type { Formats } from 'next-intl'

const clock = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const
const day = { month: 'short', day: 'numeric' } as const

/** The ways in which an instant is written, in all languages by the 24-hour clock: `format.dateTime(ms, 'time')`. */
export const formats = {
  dateTime: {
    /** 14:05 */
    time: clock,
    /** Thu 14:05 */
    weekdayTime: { weekday: 'short', ...clock },
    /** Dec 3, 14:05 */
    dayTime: { ...day, ...clock },
    /** Dec 3, 2027, 14:05 */
    yearTime: { year: 'numeric', ...day, ...clock },
    /** Friday, December 3, 2027 at 14:05:09 GMT+8 */
    full: {
      weekday: 'long',
      year: 'numeric',
      month: 'long',
      day: 'numeric',
      ...clock,
      second: '2-digit',
      timeZoneName: 'short',
    },
  },
} as const satisfies Formats
