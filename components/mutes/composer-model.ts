import type { FieldErrorCode } from '@/lib/errors'
import { inForce, resolveEnd, silences } from '@/lib/mutes/ends'
import { globalMuteScopes, maxMuteSeconds, reasonCategories, reasonTextError } from '@/lib/mutes/rules'
import type { EndInput, MuteScope, MuteStateDto, Reason, ReasonCategory } from '@/lib/mutes/schemas'
import type { ComposerForm, ComposerMode, ScopeChoice } from './composer-form'
import { formatDuration, parseDuration } from './duration-text'
import { type CommandVerb, isUntold, untilOf } from './planned-changes'
import { isEitherOr } from './role-model'
import { instantOfWall, wallOfInstant } from './zoned-time'

/** What can be chosen for an account everywhere. */
export const accountChoices = ['both', ...globalMuteScopes] as const

/** The scopes that can be chosen among. */
export function scopeChoices(states: readonly MuteStateDto[]): readonly ScopeChoice[] {
  return isEitherOr(states) ? states.map(({ scope }) => scope) : accountChoices
}

/** What is chosen as long as nothing was: all of them, or where one replaces the other the one that holds. */
export function scopeChoice(chosen: ScopeChoice, states: readonly MuteStateDto[], now: number): ScopeChoice {
  if (chosen !== 'both' || !isEitherOr(states)) return chosen
  return inForce(untilOf(states, 'roles'), now) === null ? 'everyone' : 'roles'
}

/** What the scope choice names; for a lift only those scopes that are muted at `now`, or of which nobody can tell. */
export function chosenScopes(
  choice: ScopeChoice,
  mode: ComposerMode,
  states: readonly MuteStateDto[],
  now: number,
): MuteScope[] {
  const all = choice === 'both' ? states.map(({ scope }) => scope) : [choice]
  const isLiftable = (scope: MuteScope) =>
    isUntold(states, scope) || states.some((state) => state.scope === scope && silences(state, now))
  return mode === 'mute' ? all : all.filter(isLiftable)
}

type Resolved = { ok: true; end: EndInput } | { ok: false; field: 'duration' | 'at'; error: FieldErrorCode }

/** The end that the form asks for at `now`, or which field is wrong and why. */
export function endOf(form: ComposerForm, timeZone: string, now: number): Resolved {
  if (form.length === 'forever') return { ok: true, end: { kind: 'forever' } }
  if (form.length !== 'custom') return { ok: true, end: { kind: 'duration', seconds: Number(form.length) } }
  if (form.customBy === 'duration') {
    const parsed = parseDuration(form.durationText)
    if (!parsed.ok) return { ok: false, field: 'duration', error: parsed.error }
    return { ok: true, end: { kind: 'duration', seconds: parsed.seconds } }
  }
  if (form.atText === '') return { ok: false, field: 'at', error: 'required' }
  const at = instantOfWall(form.atText, timeZone)
  if (at === null) return { ok: false, field: 'at', error: 'invalid' }
  if (at <= now) return { ok: false, field: 'at', error: 'in_past' }
  if (at > now + maxMuteSeconds * 1_000) return { ok: false, field: 'at', error: 'beyond_maximum' }
  return { ok: true, end: { kind: 'at', at } }
}

/** Whether the end lies beyond what the provider holds at once, so that the console renews the mute. */
export function isRenewed(
  form: ComposerForm,
  { maxSeconds }: { maxSeconds: number },
  timeZone: string,
  now: number,
): boolean {
  const resolved = endOf(form, timeZone, now)
  const until = resolved.ok ? resolveEnd(resolved.end, now) : null
  return typeof until === 'number' && until > now + maxSeconds * 1_000
}

/**
 * Both custom fields as they are shown: the one that was not typed in says the same as the other, where that can be
 * said.
 */
export function customTexts(form: ComposerForm, timeZone: string, now: number) {
  const resolved = form.length === 'custom' ? endOf(form, timeZone, now) : null
  if (!resolved?.ok || resolved.end.kind === 'forever') {
    return form.customBy === 'duration'
      ? { duration: form.durationText, at: '' }
      : { duration: '', at: form.atText }
  }
  const { end } = resolved
  return end.kind === 'duration'
    ? { duration: form.durationText, at: wallOfInstant(now + end.seconds * 1_000, timeZone) }
    : { duration: formatDuration(Math.max(60, Math.round((end.at - now) / 60_000) * 60)), at: form.atText }
}

/** The form with its end moved on by `seconds`; a preset becomes a custom length. A mute without end stays as it is. */
export function nudged(form: ComposerForm, seconds: number, timeZone: string, now: number): ComposerForm {
  if (form.length === 'forever') return form
  const resolved = endOf(form, timeZone, now)
  if (resolved.ok && resolved.end.kind === 'at') {
    const at = Math.min(resolved.end.at + seconds * 1_000, now + maxMuteSeconds * 1_000)
    return { ...form, length: 'custom', customBy: 'at', atText: wallOfInstant(at, timeZone) }
  }
  const present = resolved.ok && resolved.end.kind === 'duration' ? resolved.end.seconds : 0
  const durationText = formatDuration(Math.min(present + seconds, maxMuteSeconds))
  return { ...form, length: 'custom', customBy: 'duration', durationText }
}

/** How the button tells the end: a new mute by its length where that is what was chosen, everything else by its end. */
export type EndWords = { kind: 'for'; seconds: number } | { kind: 'until'; at: number } | { kind: 'forever' }

export function endWords(end: EndInput, verb: CommandVerb, now: number): EndWords {
  if (end.kind === 'duration' && verb === 'mute') return { kind: 'for', seconds: end.seconds }
  const until = resolveEnd(end, now)
  return until === 'forever' ? { kind: 'forever' } : { kind: 'until', at: until }
}

export type ComposerFields = Partial<
  Record<'scopes' | 'roles' | 'duration' | 'at' | 'end' | 'category' | 'text', FieldErrorCode>
>

/** The reason as the server takes it, or what is wrong with it by the server's own rules. */
export function reasonOf(
  form: ComposerForm,
): { ok: true; reason: Reason } | { ok: false; fields: ComposerFields } {
  const { category, reasonText } = form
  const textError = reasonTextError(reasonText)
  if (category && !textError) return { ok: true, reason: { category, text: reasonText.trim() } }
  return {
    ok: false,
    fields: { ...(category ? {} : { category: 'required' }), ...(textError ? { text: textError } : {}) },
  }
}

/** Where the server's field errors belong in the form; whatever has no field of its own is left to the panel. */
export function serverFields(fields: Record<string, FieldErrorCode>, form: ComposerForm): ComposerFields {
  const found: ComposerFields = {}
  for (const [path, code] of Object.entries(fields)) {
    if (path.startsWith('scopes')) found.scopes = code
    else if (path.startsWith('roles')) found.roles = code
    else if (path.startsWith('end')) found[form.length === 'custom' ? form.customBy : 'end'] = code
    else if (path === 'reason.category') found.category = code
    else if (path.startsWith('reason')) found.text = code
  }
  return found
}

/** The versions of the states that the moderator is looking at, also of one that the command replaces. */
export function basisOf(states: readonly MuteStateDto[], scopes: readonly MuteScope[]) {
  const isTaken = ({ scope }: MuteStateDto) => isEitherOr(states) || scopes.includes(scope)
  return Object.fromEntries(states.filter(isTaken).map(({ scope, version }) => [scope, version]))
}

/** Whether closing the composer would lose something that was typed. */
export function isWorthKeeping(form: ComposerForm): boolean {
  const typedReason = form.isReasonEdited && form.reasonText.trim() !== ''
  return (
    typedReason ||
    form.rolesText.trim() !== '' ||
    (form.length === 'custom' && (form.durationText !== '' || form.atText !== ''))
  )
}

/** The reasons offered: a lift has its own, and a mute can be corrected only where there is one. */
export function categoriesFor(mode: ComposerMode, isMuted: boolean): readonly ReasonCategory[] {
  if (mode === 'lift') return ['mistake', 'other']
  return reasonCategories.filter((category) => isMuted || category !== 'mistake')
}
