import { Refusal } from '../refusal'
import type { ViolationKind } from '../schemas'
import type { AdmittedCall } from './endpoint'
import { type Fields, INVALID } from './fields'
import { hasUserIdCharacters, isGroupId, isUserId } from './ids'
import { LONG_USER_ID } from './unconfirmed'

/** The longest time of a mute, thirty days. */
const MAX_SECONDS = 2_592_000

/** @throws Refusal unless it is there and a user id */
export function requireUserId(fields: Fields, name: string): string {
  const id = fields.text(name)
  if (!id) throw fields.refuse(`${name} is missing`)
  if (isUserId(id, 'without-space')) return id
  const code = hasUserIdCharacters(id, 'without-space') ? LONG_USER_ID : INVALID
  throw new Refusal(code, 'bad-account-id', `${name} is no user id`)
}

/**
 * The user who acts: `FromUserId`, who need not be a member of any group.
 * @throws Refusal 660500002 unless this user is registered
 */
export function requireOperator(call: AdmittedCall): string {
  return requireRegistered(call, 'not-permitted')
}

/**
 * The user of `FromUserId`, whether as operator or as the one who is asked about.
 * @param violation the rule that a caller breaks who names nobody
 * @throws Refusal 660500002 unless this user is registered
 */
export function requireRegistered(call: AdmittedCall, violation: ViolationKind | null): string {
  const id = requireUserId(call.fields, 'FromUserId')
  if (!call.app.users.has(id)) {
    throw new Refusal(660500002, violation, 'FromUserId is not registered')
  }
  return id
}

/** @throws Refusal unless it is there and a group id */
export function requireGroupId(fields: Fields): string {
  const id = fields.text('GroupId')
  if (!id) throw fields.refuse('GroupId is missing')
  if (!isGroupId(id)) throw new Refusal(INVALID, 'bad-group-id', 'GroupId is no group id')
  return id
}

/**
 * The user ids of a batch call.
 * @param limits the most ids, the code for more, and the bytes and characters of one id
 * @throws Refusal when there is none, one too many, or one is no user id
 */
export function requireUserIds(
  call: AdmittedCall,
  ids: readonly string[] | undefined,
  limits: { most: number; tooMany: number; bytes: 32 | 64; space: 'with-space' | 'without-space' },
): string[] {
  if (!ids || ids.length === 0) throw call.fields.refuse('the list of users is missing or empty')
  if (ids.length > limits.most) {
    const message = `${ids.length} users in one call, at most ${limits.most}`
    throw new Refusal(limits.tooMany, 'batch-too-large', message)
  }
  for (const id of ids) {
    if (!hasUserIdCharacters(id, limits.space)) {
      throw new Refusal(
        INVALID,
        'bad-account-id',
        'a user id is empty or has a character that ids do not have',
      )
    }
    if (id.length > limits.bytes) {
      throw new Refusal(LONG_USER_ID, 'bad-account-id', `a user id is longer than ${limits.bytes} bytes`)
    }
  }
  if (new Set(ids).size < ids.length) call.violate('repeated-account', 'a user is named twice in one call')
  return [...new Set(ids)]
}

/**
 * The wish that Duration stands for: seconds, for ever (-1) or none (0). Left out it means 0 and lifts the mute, which
 * nobody should rely upon: that is counted.
 */
export function requireDuration(call: AdmittedCall): number | 'forever' | null {
  const seconds = call.fields.integer('Duration', -1, MAX_SECONDS)
  if (seconds === undefined) call.violate('implicit-duration', 'Duration is left out, which lifts the mute')
  if (seconds === -1) return 'forever'
  return seconds || null
}
