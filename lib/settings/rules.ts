/** What holds for settings on both sides; without zod, so that browsers need not carry it. */

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
