import type { MuteScope, ReasonCategory } from '@/lib/mutes/schemas'
import { type MutePreset, presetKey } from '@/lib/settings/rules'

// Apart from what is made of it: a page has this before its composer is loaded.

/** What the composer does: set mutes (or change those there are), or end them. */
export const composerModes = ['mute', 'lift'] as const
export type ComposerMode = (typeof composerModes)[number]

export type ScopeChoice = 'both' | MuteScope

/** What the moderator has put in so far. */
export type ComposerForm = {
  scope: ScopeChoice
  /** ticked for a mute of roles; null: untouched, those that are muted now */
  roles: readonly number[] | null
  rolesText: string
  /** a preset's key, or `custom` */
  length: string
  /** which of the two custom fields was typed in last and counts; the other follows it */
  customBy: 'duration' | 'at'
  durationText: string
  /** wall-clock time in the moderator's zone, as `datetime-local` has it */
  atText: string
  category: ReasonCategory | null
  reasonText: string
  /** the text is the moderator's own from now on: templates leave it alone */
  isReasonEdited: boolean
}

/** A fresh composer: both scopes, the second preset that has an end, no reason yet. Nobody mutes for ever by default. */
export function emptyForm(presets: readonly MutePreset[], scope: ScopeChoice = 'both'): ComposerForm {
  const finite = presets.filter((preset) => preset !== 'forever')
  const preset = finite[1] ?? finite[0]
  return {
    scope,
    roles: null,
    rolesText: '',
    length: preset === undefined ? 'custom' : presetKey(preset),
    customBy: 'duration',
    durationText: '',
    atText: '',
    category: null,
    reasonText: '',
    isReasonEdited: false,
  }
}
