import 'server-only'
import { eq } from 'drizzle-orm'
import type { Db, Tx } from '@/lib/db'
import { moderators, settings } from '@/lib/db/schema'

/** The row of the composer's presets. */
export const mutePresetsKey = 'mute-presets'

type Setting = { value: unknown; version: number; changed: { by: string; at: number } }

/** A setting as stored, with who changed it last; null: it was never changed. The value is for its schema to parse. */
export async function findSetting(db: Db | Tx, key: string): Promise<Setting | null> {
  const [row] = await db
    .select({
      value: settings.value,
      version: settings.version,
      at: settings.changedAt,
      by: moderators.name,
    })
    .from(settings)
    .innerJoin(moderators, eq(moderators.id, settings.changedBy))
    .where(eq(settings.key, key))
  return row ? { value: row.value, version: row.version, changed: { by: row.by, at: row.at } } : null
}
