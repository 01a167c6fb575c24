import 'server-only'
import type { Actor } from '@/lib/auth/actor'
import { requirePermission } from '@/lib/auth/require-permission'
import type { Context } from '@/lib/context'
import { findSetting, unchanged } from './internal'
import { defaultMutePresets, type MutePresetsDto, mutePresetsSchema } from './schemas'

/** The composer's presets as they stand; the defaults until they are changed. Throws `FORBIDDEN`. */
export async function getMutePresets({ db }: Pick<Context, 'db'>, actor: Actor): Promise<MutePresetsDto> {
  requirePermission(actor, 'accounts:read')
  const setting = await findSetting(db, 'mute-presets')
  if (!setting) return { presets: defaultMutePresets, ...unchanged }
  return { presets: mutePresetsSchema.parse(setting.value), ...setting.state }
}
