/** Which hand of the clock to advance: that of the mutes, that of the signatures, or both. */
export type ClockHand = 'all' | 'mutes' | 'signatures'

/**
 * The stand-in's own time: the machine's time plus what a test has added. It has two hands, so that a test can let
 * a month pass for the mutes without making every signature expire, and the other way round.
 */
export type EmulatorClock = {
  /** Epoch milliseconds by which mutes end. */
  mutesNow(): number
  /** Epoch milliseconds by which signatures expire. */
  signaturesNow(): number
  /** Moves one hand or both forward; there is no way back but `reset`. */
  advance(seconds: number, hand: ClockHand): void
  reset(): void
}

/** Makes a clock that shows the machine's time. */
export function createEmulatorClock(): EmulatorClock {
  let mutesAheadMs = 0
  let signaturesAheadMs = 0

  return {
    mutesNow: () => Date.now() + mutesAheadMs,
    signaturesNow: () => Date.now() + signaturesAheadMs,
    advance(seconds, hand) {
      const aheadMs = Math.round(seconds * 1000)
      if (hand !== 'signatures') mutesAheadMs += aheadMs
      if (hand !== 'mutes') signaturesAheadMs += aheadMs
    },
    reset() {
      mutesAheadMs = 0
      signaturesAheadMs = 0
    },
  }
}
