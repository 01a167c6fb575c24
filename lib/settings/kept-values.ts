import 'server-only'
import type * as z from 'zod'
import { approvalDifferences, type Difference, presetDifferences, protectedDifferences } from './differences'
import { defaultNoticeTemplates, defaultReportPolicies } from './report-defaults'
import { policyDifferences, templateDifferences } from './report-differences'
import { noticeTemplatesSchema, storedPoliciesSchema } from './report-schemas'
import { defaultApprovalAbove, type SettingKey } from './rules'
import {
  approvalAboveSchema,
  defaultMutePresets,
  mutePresetsSchema,
  protectedAccountsSchema,
} from './schemas'

/** What the console comes with, which counts as version 0 of each setting. */
export const initialValues: Record<SettingKey, unknown> = {
  'mute-presets': defaultMutePresets,
  'bulk-approval-above': defaultApprovalAbove,
  'protected-accounts': [],
  'report-policies': defaultReportPolicies,
  'notice-templates': defaultNoticeTemplates,
}

/** Reads a kept value of one setting, and tells it from the one before. */
type Kept = {
  isReadable(value: unknown): boolean
  /** null: one of the two cannot be read */
  differences(before: unknown, after: unknown): Difference[] | null
}

/** Older versions were written by older consoles: what cannot be read any more is told, and does not hide the others. */
export const keptValues: Record<SettingKey, Kept> = {
  'mute-presets': kept(mutePresetsSchema, presetDifferences),
  'bulk-approval-above': kept(approvalAboveSchema, approvalDifferences),
  'protected-accounts': kept(protectedAccountsSchema, protectedDifferences),
  'report-policies': kept(storedPoliciesSchema, policyDifferences),
  'notice-templates': kept(noticeTemplatesSchema, templateDifferences),
}

function kept<Schema extends z.ZodType>(
  schema: Schema,
  differ: (before: z.output<Schema>, after: z.output<Schema>) => Difference[],
): Kept {
  return {
    isReadable: (value) => schema.safeParse(value).success,
    differences(before, after) {
      const [was, is] = [schema.safeParse(before), schema.safeParse(after)]
      return was.success && is.success ? differ(was.data, is.data) : null
    },
  }
}
