import 'server-only'
import type { Actor } from '@/lib/auth/actor'
import { requirePermission } from '@/lib/auth/require-permission'
import type { Context } from '@/lib/context'
import { findSetting, mutePresetsKey } from './internal'
import { defaultMutePresets, type MutePresetsDto, mutePresetsSchema } from './schemas'

/** The composer's presets as they stand; the defaults until they are changed. Throws `FORBIDDEN`. */
export async function getMutePresets({ db }: Pick<Context, 'db'>, actor: Actor): Promise<MutePresetsDto> {
  requirePermission(actor, 'accounts:read')
  const setting = await findSetting(db, mutePresetsKey)
  if (!setting) return { presets: defaultMutePresets, version: 0, changed: null }
  const { value, version, changed } = setting
  return { presets: mutePresetsSchema.parse(value), version, changed }
}
