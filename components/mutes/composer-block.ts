import type { MuteMatrixDto } from '@/lib/mutes/schemas'
import type { ComposerMode } from './composer-form'
import type { Composer } from './use-composer'

/** Why the composer cannot send what it holds. */
export type ComposerBlock = 'unreachable' | 'busy' | 'noRoles' | 'unchangedNow'

type Held = Pick<Composer, 'isSending' | 'scopes' | 'roles' | 'end' | 'verb'>

/** What stands in the way of sending; null: nothing. While it sends, what is read anew is its own doing. */
export function blockOf(
  { reading, states }: Pick<MuteMatrixDto, 'reading' | 'states'>,
  mode: ComposerMode,
  { isSending, scopes, roles, end, verb }: Held,
): ComposerBlock | null {
  if (isSending) return null
  if (reading.status === 'failed') return 'unreachable'
  if (states.some(({ scope, pending }) => pending && scopes.includes(scope))) return 'busy'
  if (isForNobody({ roles })) return 'noRoles'
  const isSettled = mode === 'lift' || end !== null
  return verb === 'same' && isSettled ? 'unchangedNow' : null
}

/** Whether it says before → after: where something is muted, or whom a mute is for changes; not while it sends. */
export function hasPreview(composer: Pick<Composer, 'isSending' | 'isMuted' | 'roles' | 'fields'>) {
  const { isSending, isMuted, roles } = composer
  return !isSending && !isUnclear(composer) && (isMuted || roles !== null)
}

/** Whether nothing can be told of whom it is for: of nobody yet, or of roles that cannot be. */
export function isUnclear({ roles, fields }: Pick<Composer, 'roles' | 'fields'>): boolean {
  return isForNobody({ roles }) || fields.roles !== undefined
}

/** Whether it mutes roles, but none was chosen yet. */
function isForNobody({ roles }: Pick<Composer, 'roles'>): boolean {
  return roles?.length === 0
}
