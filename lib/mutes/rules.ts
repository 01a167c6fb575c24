import type { FieldErrorCode } from '@/lib/errors'

/** What holds for mutes on both sides; without zod, so that browsers need not carry it. */

/**
 * Where a mute can hold: of one account everywhere (`one_to_one`, `all_groups`), in a group or in one topic of it; or of
 * everybody in a group or topic (`everyone`) or of those with certain roles in a group (`roles`).
 */
export const muteScopes = ['one_to_one', 'all_groups', 'group', 'topic', 'everyone', 'roles'] as const
export type MuteScope = (typeof muteScopes)[number]

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

/** Longest finite mute in seconds; 4294967295 is Tencent's word for "for ever". */
export const maxMuteSeconds = 4_294_967_294
export const maxReasonLength = 500

/** How long after `requested` the settling job leaves a command to the process that wrote it, in seconds. */
export const leaseSeconds = 15

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
