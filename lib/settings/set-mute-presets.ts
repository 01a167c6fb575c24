import 'server-only'
import { and, eq, sql } from 'drizzle-orm'
import { record } from '@/lib/audit/record'
import type { Actor } from '@/lib/auth/actor'
import { requirePermission } from '@/lib/auth/require-permission'
import type { Context } from '@/lib/context'
import type { Tx } from '@/lib/db'
import { settings } from '@/lib/db/schema'
import { databaseNow } from '@/lib/db/schema/columns'
import { AppError } from '@/lib/errors'
import { findSetting, mutePresetsKey } from './internal'
import type { SetMutePresetsInput } from './schemas'

/**
 * Replaces the composer's presets for everybody; open composers take them over when they are opened again. Throws
 * `FORBIDDEN`, and `SETTINGS_CHANGED` with who and when if they are no longer the version that was seen.
 */
export async function setMutePresets(
  { db }: Pick<Context, 'db'>,
  actor: Actor,
  input: SetMutePresetsInput,
): Promise<{ version: number }> {
  requirePermission(actor, 'settings:write')
  return db.transaction(async (tx) => {
    const version = await write(tx, actor, input)
    if (version === null) {
      const current = await findSetting(tx, mutePresetsKey)
      throw new AppError('SETTINGS_CHANGED', current ? { details: current.changed } : {})
    }
    await record(tx, {
      type: 'settings.changed',
      actorId: actor.id,
      actorName: actor.name,
      data: { key: mutePresetsKey, version },
    })
    return { version }
  })
}

/** The database decides who is first: the row is written only over the version that was seen. */
async function write(
  tx: Tx,
  actor: Actor,
  { presets: value, version }: SetMutePresetsInput,
): Promise<number | null> {
  const changedBy = actor.id
  const [row] =
    version === 0
      ? await tx
          .insert(settings)
          .values({ key: mutePresetsKey, value, changedBy })
          .onConflictDoNothing({ target: settings.key })
          .returning({ version: settings.version })
      : await tx
          .update(settings)
          .set({ value, changedBy, version: sql`${settings.version} + 1`, changedAt: databaseNow })
          .where(and(eq(settings.key, mutePresetsKey), eq(settings.version, version)))
          .returning({ version: settings.version })
  return row?.version ?? null
}
