/**
 * Where the process gets its time: instants are epoch milliseconds. Code that compares instants takes a `Clock`,
 * so that a test can stand at any moment; leases, limits and audit times use the database's clock instead.
 */
export type Clock = { now(): number }

// Next.js may load this file more than once in a process.
const holder = globalThis as { [aheadKey]?: number }
const aheadKey = Symbol.for('hushdesk.clock-ahead')

/** The machine's clock. */
export const systemClock: Clock = { now: () => Date.now() + (holder[aheadKey] ?? 0) }

/** Has the machine's clock show a later time, by so many ms: for consoles beside the providers' stand-in alone. */
export function setClockAhead(ms: number): void {
  holder[aheadKey] = ms
}
