import type { GlobalScope, GroupPlace, GroupProvider, GroupType, Presence, Provider, Until } from './port'

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

export type WholeProvider = Provider & GroupProvider

/** One adapter and the stand-in of its provider, both new for each test. */
export type ContractStage = {
  provider: WholeProvider
  /** Another provider of the same connection that waits only 100 ms for an answer. */
  impatient: WholeProvider
  /** What the provider tells apart. */
  presences: readonly Presence[]
  seed(
    accounts: { userId: string; nickname?: string; avatarUrl?: string; presence?: Presence }[],
  ): Promise<void>
  /** One call that changes something and one that only reads, by which failures are tried. */
  probe: {
    /** What both calls need at the provider. */
    prepare(): Promise<void>
    write(provider: WholeProvider): Promise<void>
    read(provider: WholeProvider): Promise<unknown>
    /** Whether the change is there, asked past the adapter. */
    isWritten(): Promise<boolean>
  }
  /** The global mutes in force, asked past the adapter. */
  mutesAtProvider(userId: string): Promise<Record<GlobalScope, Until | null>>
  /** Lets mutes run without waiting, at the provider and by the clock of this server. */
  advanceClock(seconds: number): Promise<void>
  /** Strikes the next `times` calls. */
  fail(fault: ContractFault, times?: number | 'always'): Promise<void>
  /** Calls that arrived at the provider. */
  countCalls(): Promise<number>
  /** Rules of the provider's documents that a call broke. */
  violations(): Promise<unknown[]>
  /** What no error may show. */
  secrets: string[]
  /** What people were written by the provider's own API, asked past the adapter. */
  deliveries(): Promise<{ from: string; to: string; text: string }[]>
  /** In whose name they are written. */
  noticeSender: string
  /** A code by which the provider refuses without having applied anything, and that is not to be retried. */
  refusalCode: number
}

/** A message of the past, as a test wishes it. */
export type ContractMessage = { senderId: string; text: string; secondsAgo: number }

export type ContractGroup = {
  groupId: string
  type: GroupType
  name?: string
  ownerId?: string
  members?: { userId: string; isAdmin?: boolean; name?: string }[]
  topics?: { topicId: string; name: string }[]
  /** the oldest first */
  messages?: ContractMessage[]
}

/** The stage of an adapter that knows groups. */
export type GroupContractStage = ContractStage & {
  /** The types of groups that the provider's stand-in has. */
  groupTypes: readonly GroupType[]
  /** An id as that type wants it, which ends in `rest`. */
  groupIdOf(type: GroupType, rest: string): string
  topicIdOf(groupId: string, rest: string): string
  /** Adds groups, and the accounts that they name. */
  seedGroups(groups: ContractGroup[]): Promise<void>
  seedPeerMessages(messages: (ContractMessage & { receiverId: string })[]): Promise<void>
  /** Every member of a group, or whoever is muted in a topic, with the mute in force there: asked past the adapter. */
  memberMutesAtProvider(place: GroupPlace): Promise<Record<string, Until | null>>
  /** The mute of everybody there, asked past the adapter. */
  everyoneAtProvider(place: GroupPlace): Promise<Until | null>
}
