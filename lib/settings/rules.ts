/** What holds for settings on both sides; without zod, so that browsers need not carry it. */

/** What leads may change while the console runs: the keys of the table `settings`. */
export const settingKeys = [
  'mute-presets',
  'bulk-approval-above',
  'protected-accounts',
  'report-policies',
  'notice-templates',
] as const
export type SettingKey = (typeof settingKeys)[number]

/** Above so many accounts a second person has to agree to a bulk mute, until a lead chooses otherwise. */
export const defaultApprovalAbove = 100
/** How many accounts can be protected, over all connections. */
export const maxProtectedAccounts = 2_000

/** The shortest mute that can be a preset, in seconds; shorter ones can still be typed. */
export const minPresetSeconds = 60
/** How many presets the composer has room for. */
export const maxPresets = 8

/** One length that the composer offers as a chip. */
export type MutePreset = { seconds: number } | 'forever'

/** What tells presets apart: their length in seconds, or `forever`. */
export function presetKey(preset: MutePreset): string {
  return preset === 'forever' ? preset : String(preset.seconds)
}
