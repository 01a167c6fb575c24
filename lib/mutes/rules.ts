import type { FieldErrorCode } from '@/lib/errors'

/** What holds for mutes on both sides; without zod, so that browsers need not carry it. */

/**
 * Where a mute can hold: of one account everywhere (`one_to_one`, `all_groups`), in a group or in one topic of it; or of
 * everybody in a group or topic (`everyone`) or of those with certain roles in a group (`roles`).
 */
export const muteScopes = ['one_to_one', 'all_groups', 'group', 'topic', 'everyone', 'roles'] as const
export type MuteScope = (typeof muteScopes)[number]

/**
 * How the provider's word can differ from the ledger's.
 * - `set_outside`: the provider has a mute that the ledger does not know
 * - `lifted_outside`: the ledger's mute is gone at the provider before its end
 * - `different_end`: both have one, with ends more than 5 s apart
 * - `different_roles`: both have one of roles with the same end, and it is for others
 */
export const drifts = ['set_outside', 'lifted_outside', 'different_end', 'different_roles'] as const
export type Drift = (typeof drifts)[number]

/**
 * Why a command was rejected for which no provider can be blamed: the console stopped in between, somebody changed the
 * mute elsewhere before it could be sent, its end passed before it was known whether it took effect, or its connection
 * was taken out of the connections file and a person gave up waiting: then it may have taken effect.
 */
export const ownFailureKinds = ['interrupted', 'overtaken', 'too_late', 'connection_gone'] as const
export type OwnFailureKind = (typeof ownFailureKinds)[number]

/** Whether a failure is one of our own; all others are the provider's. */
export function isOwnFailure(kind: string): kind is OwnFailureKind {
  return ownFailureKinds.some((own) => own === kind)
}

/** The scopes of an account's matrix, in the order shown. */
export const globalMuteScopes = ['one_to_one', 'all_groups'] as const

export const reasonCategories = [
  'spam',
  'harassment',
  'hate',
  'sexual',
  'scam',
  'minor_safety',
  'mistake',
  'other',
] as const
export type ReasonCategory = (typeof reasonCategories)[number]

/**
 * How far two ends may lie apart and still be the same, in ms: providers count whole seconds from the moment their
 * server handled the call, and tell the rest in whole seconds again.
 */
export const endToleranceMs = 5_000

/**
 * How far the end that a provider tells may lie after the one to which it surely holds a mute, in ms: that one is
 * counted from when sending began, the provider's from when the call arrived.
 */
export const heldLateMs = 25_000

/** Longest finite mute in seconds; 4294967295 is Tencent's word for "for ever". */
export const maxMuteSeconds = 4_294_967_294
export const maxReasonLength = 500

/** How long after `requested` the settling job leaves a command to the process that wrote it, in seconds. */
export const leaseSeconds = 15

/** The same of a command that is one of many: nobody waits for its answer, so it is given up on sooner, in seconds. */
export const leaseSecondsOfMany = 10

/**
 * How long a call may still take effect that nobody waits for any more, in seconds: behind the provider's gateway its
 * own back end gives up after 3 s.
 */
export const backEndSeconds = 3

/** How long whatever is sent under a lease may still arrive, in seconds: it is cut off when the lease ends. */
export const leaseArrivalSeconds = leaseSeconds + backEndSeconds

/** How many accounts one check names. */
export const maxCheckedAccounts = 25

/** How many of the groups that an account is in are shown. */
export const maxAccountGroups = 500

/** In how many groups and topics an account's mutes are read at the provider for one look at it; a call each. */
export const maxReadPlaces = 30

/** What keeps a text, without the blanks at its ends, from being a reason. Line breaks are allowed, other controls not. */
export function reasonTextError(text: string): FieldErrorCode | null {
  const trimmed = text.trim()
  if (trimmed === '') return 'required'
  if (trimmed.length > maxReasonLength) return 'too_long'
  return /[\p{Cc}\p{Cs}]/u.test(trimmed.replaceAll('\n', '')) ? 'control_characters' : null
}

/** The name of an account in maps and lists: connection, slash, id. Connection keys have no slash. */
export function accountRef({ connection, userId }: { connection: string; userId: string }): string {
  return `${connection}/${userId}`
}
