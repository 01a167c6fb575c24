import 'server-only'

/** By its provider a message is begun so many times at most. */
export const providerAttempts = 5
/** A webhook can tell a repeat, so that a receiver may be down for about a day: that long the pauses of all these last. */
export const webhookAttempts = 150
const longestPauseSeconds = 600

/** Seconds until a message may be begun again, after so many attempts. */
export function pauseAfter(attempts: number): number {
  return Math.min(2 ** attempts, longestPauseSeconds)
}
