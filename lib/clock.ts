/**
 * Where the process gets its time: instants are epoch milliseconds. Code that compares instants takes a `Clock`,
 * so that a test can stand at any moment; leases, limits and audit times use the database's clock instead.
 */
export type Clock = { now(): number }

/** The machine's clock. */
export const systemClock: Clock = { now: () => Date.now() }
