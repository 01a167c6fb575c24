import 'server-only'
import { and, desc, eq, lt } from 'drizzle-orm'
import type { Actor } from '@/lib/auth/actor'
import { requirePermission } from '@/lib/auth/require-permission'
import type { Context } from '@/lib/context'
import { moderators, settingVersions } from '@/lib/db/schema'
import type { Difference } from './differences'
import type { SettingHistoryInput, SettingVersionDto, SettingVersionsDto } from './history-schemas'
import { initialValues, keptValues } from './kept-values'

/** Versions a page. */
const pageSize = 20

/**
 * The versions of a setting, newest first, each with what it changed; the last one is what the console comes with.
 * Throws `FORBIDDEN`.
 */
export async function listSettingVersions(
  { db, connections }: Pick<Context, 'db' | 'connections'>,
  actor: Actor,
  { key, before }: SettingHistoryInput,
): Promise<SettingVersionsDto> {
  requirePermission(actor, 'settings:write')
  const rows = await db
    .select({
      version: settingVersions.version,
      value: settingVersions.value,
      at: settingVersions.changedAt,
      by: moderators.name,
    })
    .from(settingVersions)
    .leftJoin(moderators, eq(moderators.id, settingVersions.changedBy))
    .where(
      and(
        eq(settingVersions.key, key),
        before === undefined ? undefined : lt(settingVersions.version, before),
      ),
    )
    .orderBy(desc(settingVersions.version))
    // One more: the last one of a page is told from the one before it.
    .limit(pageSize + 1)
  const initial = { version: 0, value: initialValues[key], at: null, by: null }
  const isEnd = rows.length <= pageSize
  const all = isEnd ? [...rows, initial] : rows
  const versions = all.slice(0, isEnd ? all.length : pageSize).map((one, index): SettingVersionDto => {
    const previous = all[index + 1]
    const { isReadable, differences } = keptValues[key]
    return {
      version: one.version,
      changed: one.at === null ? null : { by: one.by, at: one.at },
      differences:
        previous?.version === one.version - 1
          ? named(differences(previous.value, one.value), connections)
          : one.version === 0
            ? []
            : null,
      isReadable: isReadable(one.value),
    }
  })
  return { versions, next: isEnd ? null : (versions.at(-1)?.version ?? null) }
}

/** With the connections by their names, where they are still set up. */
function named(differences: Difference[] | null, connections: Context['connections']) {
  return (
    differences?.map((one) => {
      if (one.what !== 'protected') return one
      const known = connections.find(({ key }) => key === one.connection)
      return known ? { ...one, connection: known.name } : one
    }) ?? null
  )
}
