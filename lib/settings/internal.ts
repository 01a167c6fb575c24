import 'server-only'
import { and, eq, sql } from 'drizzle-orm'
import { record } from '@/lib/audit/record'
import type { Actor } from '@/lib/auth/actor'
import { requirePermission } from '@/lib/auth/require-permission'
import type { Db, Tx } from '@/lib/db'
import { prepared } from '@/lib/db/prepared'
import { moderators, settings, settingVersions } from '@/lib/db/schema'
import { databaseNow } from '@/lib/db/schema/columns'
import { AppError } from '@/lib/errors'
import type { SettingKey } from './rules'
import type { SettingState } from './schemas'

/** A setting as stored, with who changed it last; null: it was never changed. The value is for its schema to parse. */
export async function findSetting(
  db: Db | Tx,
  key: SettingKey,
): Promise<{ value: unknown; state: SettingState } | null> {
  const [row] = await settingByKey(db).execute({ key })
  if (!row) return null
  const { value, version, by, at } = row
  return { value, state: { version, changed: by === null ? null : { by, at } } }
}

const settingByKey = prepared((db) =>
  db
    .select({
      value: settings.value,
      version: settings.version,
      at: settings.changedAt,
      by: moderators.name,
    })
    .from(settings)
    .leftJoin(moderators, eq(moderators.id, settings.changedBy))
    .where(eq(settings.key, sql.placeholder('key')))
    .prepare('setting_by_key'),
)

/** Of a setting that nobody changed. */
export const unchanged: SettingState = { version: 0, changed: null }

/** A value that its schema has parsed, and the version that the change was decided on. */
type Change = { key: SettingKey; value: unknown; version: number }

/**
 * Replaces a setting for everybody; its history keeps every value. Throws `FORBIDDEN`, and `SETTINGS_CHANGED` with who
 * and when if it is no longer the version that was seen.
 */
export async function replaceSetting(db: Db, actor: Actor, change: Change): Promise<{ version: number }> {
  requirePermission(actor, 'settings:write')
  return db.transaction(async (tx) => {
    const written = await write(tx, actor, change)
    if (!written) {
      const current = await findSetting(tx, change.key)
      const details = current?.state.changed
      throw new AppError('SETTINGS_CHANGED', details ? { details } : {})
    }
    await tx.insert(settingVersions).values(written)
    const { version } = written
    await record(tx, {
      type: 'settings.changed',
      actorId: actor.id,
      actorName: actor.name,
      data: { key: change.key, version },
    })
    return { version }
  })
}

/** The database decides who is first: the row is written only over the version that was seen. */
async function write(tx: Tx, { id }: Actor, { key, value, version }: Change) {
  const changedBy = id
  const [row] =
    version === 0
      ? await tx
          .insert(settings)
          .values({ key, value, changedBy })
          .onConflictDoNothing({ target: settings.key })
          .returning()
      : await tx
          .update(settings)
          .set({ value, changedBy, version: sql`${settings.version} + 1`, changedAt: databaseNow })
          .where(and(eq(settings.key, key), eq(settings.version, version)))
          .returning()
  return row ?? null
}
