/** What a provider's code means for the caller. */
export type CodeTraits = {
  /** the same call may succeed later */
  retryable: boolean
  /** the call rate is the reason: wait longer before the next one */
  throttled: boolean
  /**
   * a write answered so may have been applied all the same: the front of the provider gave up waiting or broke while
   * its back end went on. Refusals that come before any work (rate, signature, permission, format) never are.
   */
  mayHaveApplied: boolean
}

/** The families of codes that providers have. */
export const codeCategories = {
  /** over a rate limit; refused before any work */
  rate: { retryable: true, throttled: true, mayHaveApplied: false },
  /** a timeout inside the provider */
  timeout: { retryable: true, throttled: false, mayHaveApplied: true },
  /** an internal failure of the provider */
  internal: { retryable: true, throttled: false, mayHaveApplied: true },
  /** a failure of the provider's front, before any work */
  gateway: { retryable: true, throttled: false, mayHaveApplied: false },
  /** lost against a concurrent write */
  conflict: { retryable: true, throttled: false, mayHaveApplied: false },
  /** the console's signature is too old; a new one is minted and tried once */
  expired_signature: { retryable: true, throttled: false, mayHaveApplied: false },
  /** secret, admin account or app id do not belong together */
  signature: { retryable: false, throttled: false, mayHaveApplied: false },
  /** too many wrong signatures; a minute must pass, which no moderator waits */
  locked_out: { retryable: false, throttled: true, mayHaveApplied: false },
  /** the connection is set up wrongly: app id, data centre, admin rights, caller address */
  configuration: { retryable: false, throttled: false, mayHaveApplied: false },
  /** app or command switched off by the provider */
  disabled: { retryable: false, throttled: false, mayHaveApplied: false },
  /** not in the plan that was bought */
  plan: { retryable: false, throttled: false, mayHaveApplied: false },
  /** the request was not as documented: a defect of the console or an id the provider does not take */
  request: { retryable: false, throttled: false, mayHaveApplied: false },
  /** no such account */
  account: { retryable: false, throttled: false, mayHaveApplied: false },
  /** account blocked by the provider */
  blocked_account: { retryable: false, throttled: false, mayHaveApplied: false },
  /** about a group: missing, or not allowed there */
  group: { retryable: false, throttled: false, mayHaveApplied: false },
  /** about a message that was not sent; chat users report these to moderators */
  message: { retryable: false, throttled: false, mayHaveApplied: false },
} as const satisfies Record<string, CodeTraits>
export type CodeCategory = keyof typeof codeCategories

/** One line of a provider's catalogue; `meaning` is a short English word for logs. */
export type CodeRow<Code extends number = number> = readonly [
  code: Code,
  category: CodeCategory,
  meaning: string,
]
export type CodeEntry = CodeTraits & { code: number; category: CodeCategory | 'unknown'; meaning: string }

const unknownTraits: CodeTraits = { retryable: false, throttled: false, mayHaveApplied: true }

/** A provider's codes, to be looked up. */
export function createCatalogue<Code extends number>(table: readonly CodeRow<Code>[]) {
  const entries: ReadonlyMap<number, CodeEntry> = new Map(
    table.map(([code, category, meaning]) => [
      code,
      { code, category, meaning, ...codeCategories[category] },
    ]),
  )
  return {
    /** All codes, in the order of the table. */
    codes: table.map(([code]) => code),
    isKnown: (code: number): code is Code => entries.has(code),
    /**
     * What a code means. One that no document names is neither retried nor taken for a refusal: a write answered with
     * it may have been applied.
     */
    lookUp: (code: number): CodeEntry =>
      entries.get(code) ?? { code, category: 'unknown', meaning: 'not documented', ...unknownTraits },
  }
}
