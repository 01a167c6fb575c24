import 'server-only'
import type { Actor } from '@/lib/auth/actor'
import { requirePermission } from '@/lib/auth/require-permission'
import type { Context } from '@/lib/context'
import { replaceSetting } from './internal'
import type { SetMutePresetsInput } from './schemas'

/**
 * Replaces the composer's presets for everybody; open composers take them over when they are opened again. Throws
 * `FORBIDDEN`, and `SETTINGS_CHANGED` with who and when if they are no longer the version that was seen.
 */
export async function setMutePresets(
  { db }: Pick<Context, 'db'>,
  actor: Actor,
  { presets, version }: SetMutePresetsInput,
): Promise<{ version: number }> {
  requirePermission(actor, 'settings:write')
  return replaceSetting(db, actor, { key: 'mute-presets', value: presets, version })
}
