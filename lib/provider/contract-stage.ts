import type { GlobalScope, Presence, Provider, Until } from './port'

/** What goes wrong with a call, in words that fit any provider over HTTP. */
export type ContractFault =
  | 'html'
  | 'empty'
  | 'truncated'
  | 'wrong_types'
  | 'huge'
  | 'server_error'
  | 'dropped_before_applying'
  | 'dropped_after_applying'
  | 'answer_after_deadline'
  | 'over_limit'
  | { code: number }

/** One adapter and the stand-in of its provider, both new for each test. */
export type ContractStage = {
  provider: Provider
  /** Another provider of the same connection that waits only 100 ms for an answer. */
  impatient: Provider
  seed(
    accounts: { userId: string; nickname?: string; avatarUrl?: string; presence?: Presence }[],
  ): Promise<void>
  /** The mutes in force, asked past the adapter. */
  mutesAtProvider(userId: string): Promise<Record<GlobalScope, Until | null>>
  /** Lets mutes run at the provider without waiting. */
  advanceClock(seconds: number): Promise<void>
  /** Strikes the next `times` calls. */
  fail(fault: ContractFault, times?: number | 'always'): Promise<void>
  /** Calls that arrived at the provider. */
  countCalls(): Promise<number>
  /** Rules of the provider's documents that a call broke. */
  violations(): Promise<unknown[]>
  /** What no error may show. */
  secrets: string[]
  /** A code by which the provider refuses without having applied anything, and that is not to be retried. */
  refusalCode: number
}
