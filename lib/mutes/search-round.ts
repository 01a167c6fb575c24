import 'server-only'
import { ProviderError, type ProviderErrorKind } from '@/lib/provider/errors'
import type { CallOptions } from '@/lib/provider/port'

/** After so many failures in a row it is rather the provider than these groups. */
const failuresInARow = 3

/** No call could be made, whatever it were about. */
const aboutAll: readonly ProviderErrorKind[] = ['busy', 'circuit_open', 'cancelled', 'unreachable']

type Failure = { groupId: string; error: ProviderError }

/** What calls about one group after the other have come to. */
export type SearchRound = {
  /**
   * Makes a call about a group. Null: it failed, or the round is over. Throws `ProviderError` when no call can be made
   * now.
   */
  attempt<T>(groupId: string, call: (options: CallOptions) => Promise<T>): Promise<T | null>
  /** Whether so many calls may be made yet. */
  hasRoomFor(calls: number): boolean
  /** The calls that failed, without those that were refused for good: of these nobody need know. */
  failures: readonly Failure[]
}

/** Begins a round of at most `maxCalls` calls, which are all made with the same options. */
export function beginSearchRound(maxCalls: number, options: CallOptions): SearchRound {
  const failures: Failure[] = []
  let calls = 0
  let inARow = 0
  return {
    failures,
    hasRoomFor: (more) => inARow < failuresInARow && calls + more <= maxCalls,
    async attempt(groupId, call) {
      if (inARow >= failuresInARow) return null
      calls += 1
      try {
        const answer = await call(options)
        inARow = 0
        return answer
      } catch (error) {
        if (!(error instanceof ProviderError) || isAboutAll(error)) throw error
        if (error.kind === 'refused' && !error.options.retryable) inARow = 0
        else {
          inARow += 1
          failures.push({ groupId, error })
        }
        return null
      }
    },
  }
}

/** Whether the calls about other groups would fail as this one did. */
function isAboutAll({ kind, options }: ProviderError): boolean {
  return options.isConnectionWide === true || aboutAll.includes(kind)
}
