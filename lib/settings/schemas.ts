import * as z from 'zod'
import { maxMuteSeconds } from '@/lib/mutes/rules'
import { type MutePreset, maxPresets, minPresetSeconds, presetKey } from './rules'

/** One length that the composer offers as a chip. */
export const mutePresetSchema = z.union(
  [
    z.strictObject(
      {
        seconds: z.int('invalid').min(minPresetSeconds, 'invalid').max(maxMuteSeconds, 'beyond_maximum'),
      },
      'invalid',
    ),
    z.literal('forever'),
  ],
  'invalid',
)

/** The composer's chips, in the order shown: 1–8, no two of the same length. */
export const mutePresetsSchema = z
  .array(mutePresetSchema, 'invalid')
  .min(1, 'required')
  .max(maxPresets, 'too_many')
  .refine((presets) => new Set(presets.map(presetKey)).size === presets.length, 'duplicate')

/** What the console offers until a lead chooses otherwise: 10 min, 1 h, 24 h, 7 d, 30 d, for ever. */
export const defaultMutePresets: MutePreset[] = [
  { seconds: 600 },
  { seconds: 3_600 },
  { seconds: 86_400 },
  { seconds: 7 * 86_400 },
  { seconds: 30 * 86_400 },
  'forever',
]

/** `version` is the one that the change was decided on; 0: the presets were never changed. */
export const setMutePresetsSchema = z.strictObject({
  presets: mutePresetsSchema,
  version: z.int('invalid').min(0, 'invalid'),
})
export type SetMutePresetsInput = z.infer<typeof setMutePresetsSchema>

export type MutePresetsDto = {
  presets: MutePreset[]
  version: number
  /** who changed them last and when (epoch ms); null: never changed */
  changed: { by: string; at: number } | null
}
