import * as z from 'zod'
import { type AccountKey, accountKeySchema } from '@/lib/accounts/schemas'
import { maxBulkItems } from '@/lib/bulk-mutes/rules'
import { accountRef, maxMuteSeconds } from '@/lib/mutes/rules'
import { type MutePreset, maxPresets, maxProtectedAccounts, minPresetSeconds, presetKey } from './rules'

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

/** Above how many accounts of a bulk mute a second person has to agree; 0: always. */
export const approvalAboveSchema = z.int('invalid').min(0, 'invalid').max(maxBulkItems, 'beyond_maximum')

/** The accounts that no bulk mute touches, of all connections. */
export const protectedAccountsSchema = z
  .array(accountKeySchema, 'invalid')
  .max(maxProtectedAccounts, 'too_many')
  .refine((accounts) => new Set(accounts.map(accountRef)).size === accounts.length, 'duplicate')

/** The version that the change was decided on; 0: the setting was never changed. */
const version = z.int('invalid').min(0, 'invalid')

export const setMutePresetsSchema = z.strictObject({ presets: mutePresetsSchema, version })
export type SetMutePresetsInput = z.infer<typeof setMutePresetsSchema>

export const setApprovalAboveSchema = z.strictObject({ accounts: approvalAboveSchema, version })
export type SetApprovalAboveInput = z.infer<typeof setApprovalAboveSchema>

export const setProtectedAccountsSchema = z.strictObject({ accounts: protectedAccountsSchema, version })
export type SetProtectedAccountsInput = z.infer<typeof setProtectedAccountsSchema>

/** How far a setting has been changed. */
export type SettingState = {
  /** 0: never */
  version: number
  /** by whom and when (epoch ms); null: never */
  changed: { by: string; at: number } | null
}

export type MutePresetsDto = SettingState & { presets: MutePreset[] }
export type ApprovalAboveDto = SettingState & { accounts: number }
export type ProtectedAccountsDto = SettingState & { accounts: AccountKey[] }
