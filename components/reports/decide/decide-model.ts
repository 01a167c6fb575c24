import { parseDuration } from '@/components/mutes/duration-text'
import type { FieldErrorCode } from '@/lib/errors'
import { inForce } from '@/lib/mutes/ends'
import type { EndInput } from '@/lib/mutes/schemas'
import type { DecisionBasisDto, DecisionPlaceDto } from '@/lib/reports/decision-dtos'
import type { ActionInput, DecideCaseInput, PreviewDecisionInput } from '@/lib/reports/decision-schemas'
import { isAsSuggested, type WeighedAction } from '@/lib/reports/ladder'
import type { ReportMuteDays } from '@/lib/reports/report-mute-rules'
import type { Verdict } from '@/lib/reports/rules'
import type { NoticeLocale } from '@/lib/settings/report-rules'
import { type MutePreset, presetKey } from '@/lib/settings/rules'

/** What is done about the accused, beside a removal. `mute` extends where a mute holds already. */
export const mainActions = ['nothing', 'warn', 'mute', 'lift'] as const
export type MainAction = (typeof mainActions)[number]

/** What the moderator has put in so far; null: untouched, so that it follows the ladder. */
export type DecideForm = {
  verdict: Verdict | null
  action: MainAction | null
  place: DecisionPlaceDto['kind'] | null
  /** a preset's key, or `custom` */
  length: string | null
  durationText: string
  isKicked: boolean
  reasonText: string
  overrideReason: string
  tellsAccused: boolean
  language: NoticeLocale | null
  tellsReporters: boolean
  /** ids of the other cases that are closed too */
  closeWith: readonly string[]
  looksAgain: boolean
  /** with bad faith: what its reporters report is set aside for so long; null: it is worked on */
  muteReporterDays: ReportMuteDays | null
}

export const emptyForm: DecideForm = {
  verdict: null,
  action: null,
  place: null,
  length: null,
  durationText: '',
  isKicked: false,
  reasonText: '',
  overrideReason: '',
  tellsAccused: true,
  language: null,
  tellsReporters: true,
  closeWith: [],
  looksAgain: false,
  muteReporterDays: null,
}

/** The form with what was left to the ladder filled in. */
export function resolved(form: DecideForm, basis: DecisionBasisDto, now: number) {
  const { step } = basis.advice
  const suggested: MainAction = form.verdict !== 'valid' ? 'nothing' : step === 'warn' ? 'warn' : 'mute'
  const places = basis.places
  const narrowest = places.at(-1)
  const place = places.find(({ kind }) => kind === form.place) ?? narrowest
  const held = place?.states.some(({ until }) => inForce(until, now) !== null) ?? false
  const action = form.action ?? (suggested === 'mute' && !place ? 'nothing' : suggested)
  const presets = lengthsFor(basis)
  const length = form.length ?? presetKey(step === 'warn' ? (presets[0] ?? 'forever') : step)
  return { action, place, isMuted: held, presets, length, language: form.language ?? basis.language }
}

/** The presets with the ladder's own length among them. */
function lengthsFor({ presets, advice: { step } }: DecisionBasisDto): MutePreset[] {
  if (step === 'warn' || presets.some((preset) => presetKey(preset) === presetKey(step))) return presets
  const all = [...presets, step]
  return all.sort((a, b) => secondsOf(a) - secondsOf(b))
}

function secondsOf(preset: MutePreset): number {
  return preset === 'forever' ? Number.POSITIVE_INFINITY : preset.seconds
}

type End = { end: EndInput; seconds: number } | { error: FieldErrorCode }

/** The end that was chosen; a mute without one where `forever`. */
export function endOf(length: string, durationText: string): End {
  if (length === 'forever') return { end: { kind: 'forever' }, seconds: Number.POSITIVE_INFINITY }
  if (length !== 'custom')
    return { end: { kind: 'duration', seconds: Number(length) }, seconds: Number(length) }
  const parsed = parseDuration(durationText)
  if (!parsed.ok) return { error: parsed.error }
  return { end: { kind: 'duration', seconds: parsed.seconds }, seconds: parsed.seconds }
}

/** What the form comes to: the actions, or what is wrong with the length. */
export function actionsOf(form: DecideForm, basis: DecisionBasisDto, now: number) {
  const { action, place, isMuted, length } = resolved(form, basis, now)
  const actions: ActionInput[] = []
  const weights: WeighedAction[] = []
  let error: FieldErrorCode | null = null
  const where = place && {
    ...(place.groupId !== undefined && { groupId: place.groupId }),
    ...(place.topicId !== undefined && { topicId: place.topicId }),
    basis: Object.fromEntries(place.states.map(({ scope, version }) => [scope, version])),
  }
  if (action === 'warn') {
    actions.push({ kind: 'warn' })
    weights.push({ kind: 'warn' })
  }
  if (action === 'mute' && where) {
    const end = endOf(length, form.durationText)
    const kind = isMuted ? 'extend' : 'mute'
    if ('error' in end) error = end.error
    else {
      actions.push({ kind, ...where, scopes: place.states.map(({ scope }) => scope), end: end.end })
      weights.push({ kind, seconds: end.seconds })
    }
  }
  if (action === 'lift' && where) {
    const scopes = place.states.filter(({ until }) => inForce(until, now) !== null).map(({ scope }) => scope)
    if (scopes.length > 0) actions.push({ kind: 'lift', ...where, scopes })
    weights.push({ kind: 'lift' })
  }
  if (form.isKicked && basis.kick !== null) {
    actions.push({ kind: 'kick', groupId: basis.kick })
    weights.push({ kind: 'kick' })
  }
  const isUsual = form.verdict === null || isAsSuggested(basis.advice, form.verdict, weights)
  return { actions, error, isUsual }
}

/** What a preview is asked for; null as long as the first question is open or the length is wrong. */
export function previewInput(
  form: DecideForm,
  basis: DecisionBasisDto,
  now: number,
): PreviewDecisionInput | null {
  const { actions, error } = actionsOf(form, basis, now)
  if (form.verdict === null || error) return null
  // A warning that nobody is told of would be none.
  const tellsAccused = form.tellsAccused || actions.some(({ kind }) => kind === 'warn')
  return {
    caseId: basis.caseId,
    verdict: form.verdict,
    actions,
    notify: {
      accused: tellsAccused ? resolved(form, basis, now).language : null,
      reporters: form.tellsReporters,
    },
    closeWith: basis.others
      .filter(({ caseId }) => form.closeWith.includes(caseId))
      .map(({ caseId, version }) => ({ caseId, version })),
  }
}

type Missing = Partial<Record<'verdict' | 'duration' | 'overrideReason' | 'reasonText', FieldErrorCode>>

/** What still keeps the form from being sent. */
export function missing(form: DecideForm, basis: DecisionBasisDto, now: number): Missing {
  const { actions, error, isUsual } = actionsOf(form, basis, now)
  return {
    ...(form.verdict === null && { verdict: 'required' }),
    ...(error && { duration: error }),
    ...(!isUsual && form.overrideReason.trim() === '' && { overrideReason: 'required' }),
    ...(actions.length > 0 && form.reasonText.trim() === '' && { reasonText: 'required' }),
  }
}

/** The decision as it is sent. `key`: made once for what the form says. */
export function decisionInput(
  form: DecideForm,
  basis: DecisionBasisDto,
  sent: { key: string; version: number; claimToken: string | undefined; now: number },
): DecideCaseInput | null {
  const asked = previewInput(form, basis, sent.now)
  if (!asked) return null
  const { isUsual, actions } = actionsOf(form, basis, sent.now)
  const seconds = actions.flatMap((action) =>
    'end' in action && action.end.kind === 'duration' ? [action.end.seconds] : [],
  )
  return {
    ...asked,
    idempotencyKey: sent.key,
    version: sent.version,
    ...(sent.claimToken !== undefined && { claimToken: sent.claimToken }),
    reasonText: form.reasonText,
    ...(!isUsual && { overrideReason: form.overrideReason }),
    ...(form.verdict === 'bad_faith' &&
      form.muteReporterDays !== null && { muteReporterDays: form.muteReporterDays }),
    lookAgainAt:
      form.looksAgain && seconds.length > 0 ? Math.round(sent.now + Math.max(...seconds) * 1_000) : null,
  }
}
