import * as z from 'zod'
import type { Difference } from './differences'
import { settingKeys } from './rules'

const key = z.enum(settingKeys, 'invalid')

/** A page of a setting's versions, newest first; `before` is the version below which it begins. */
export const settingHistorySchema = z.strictObject({
  key,
  before: z.coerce.number('invalid').int('invalid').min(1, 'invalid').exactOptional(),
})
export type SettingHistoryInput = z.infer<typeof settingHistorySchema>

export const restoreSettingSchema = z.strictObject({
  key,
  /** the version whose value comes back; 0: what the console comes with */
  restored: z.int('invalid').min(0, 'invalid'),
  /** the version that the change was decided on */
  version: z.int('invalid').min(0, 'invalid'),
})
export type RestoreSettingInput = z.infer<typeof restoreSettingSchema>

export type SettingVersionDto = {
  /** 0: what the console comes with */
  version: number
  /** when (epoch ms) and by whom; null of version 0 */
  changed: { by: string | null; at: number } | null
  /** from the version before; null: that one was not kept, or one of the two cannot be read any more */
  differences: Difference[] | null
  /** whether it can be set again */
  isReadable: boolean
}

/** `next`: `before` of the next page; null: this is the last one. */
export type SettingVersionsDto = { versions: SettingVersionDto[]; next: number | null }
