import 'server-only'
import { and, eq } from 'drizzle-orm'
import type { Actor } from '@/lib/auth/actor'
import { parseInput } from '@/lib/auth/parse-input'
import { requirePermission } from '@/lib/auth/require-permission'
import type { Context } from '@/lib/context'
import { settingVersions } from '@/lib/db/schema'
import { AppError } from '@/lib/errors'
import type { RestoreSettingInput } from './history-schemas'
import { initialValues } from './kept-values'
import { getReportPolicies } from './report-policies'
import { maxCategories, type ReportPolicies } from './report-rules'
import { noticeTemplatesSchema, storedPoliciesSchema } from './report-schemas'
import { approvalAboveSchema, mutePresetsSchema, protectedAccountsSchema } from './schemas'
import { setApprovalAbove } from './set-approval-above'
import { setMutePresets } from './set-mute-presets'
import { setNoticeTemplates } from './set-notice-templates'
import { setProtectedAccounts } from './set-protected-accounts'
import { setReportPolicies } from './set-report-policies'

/**
 * Sets a setting to what it was in an earlier version, as a change like any other. Categories that were added since are
 * retired: none is ever taken away. Throws `FORBIDDEN`, `NOT_FOUND` where that version was not kept, `INVALID_INPUT` where
 * it cannot be read any more, and `SETTINGS_CHANGED` with who and when if it is no longer the version that was seen.
 */
export async function restoreSetting(
  { db }: Pick<Context, 'db'>,
  actor: Actor,
  { key, restored, version }: RestoreSettingInput,
): Promise<{ version: number }> {
  requirePermission(actor, 'settings:write')
  const value = restored === 0 ? initialValues[key] : await keptValue({ db }, key, restored)
  switch (key) {
    case 'mute-presets':
      return setMutePresets({ db }, actor, { presets: parseInput(mutePresetsSchema, value), version })
    case 'bulk-approval-above':
      return setApprovalAbove({ db }, actor, { accounts: parseInput(approvalAboveSchema, value), version })
    case 'protected-accounts':
      return setProtectedAccounts({ db }, actor, {
        accounts: parseInput(protectedAccountsSchema, value),
        version,
      })
    case 'report-policies': {
      const { policies } = await getReportPolicies({ db }, actor)
      const then = parseInput(storedPoliciesSchema, value)
      return setReportPolicies({ db }, actor, { policies: withLater(then, policies), version })
    }
    case 'notice-templates':
      return setNoticeTemplates({ db }, actor, {
        templates: parseInput(noticeTemplatesSchema, value),
        version,
      })
    default:
      return key satisfies never
  }
}

async function keptValue({ db }: Pick<Context, 'db'>, key: string, version: number): Promise<unknown> {
  const [row] = await db
    .select({ value: settingVersions.value })
    .from(settingVersions)
    .where(and(eq(settingVersions.key, key), eq(settingVersions.version, version)))
  if (!row) throw new AppError('NOT_FOUND')
  return row.value
}

/** The policies of then, and below them, retired, the categories that there were not yet. */
function withLater(then: ReportPolicies, now: ReportPolicies): ReportPolicies {
  const later = Object.entries(now).flatMap(([category, policy]) =>
    category in then ? [] : [[category, { ...policy, isRetired: true, rank: maxCategories }]],
  )
  return { ...then, ...Object.fromEntries(later) }
}
