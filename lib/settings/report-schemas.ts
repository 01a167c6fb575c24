import * as z from 'zod'
import type { FieldErrorCode } from '@/lib/errors'
import { maxMuteSeconds } from '@/lib/mutes/rules'
import { categorySchema } from '@/lib/reports/category-schemas'
import { isBuiltIn, noticeKinds, reportCategories } from '@/lib/reports/rules'
import {
  maxAppealTextLength,
  maxCategories,
  maxCategoryNameLength,
  maxDecayDays,
  maxLadderSteps,
  maxPolicyTextLength,
  maxSeverity,
  maxSlaSeconds,
  type NoticeTemplates,
  noticeLocales,
  type ReportPolicies,
  templateFault,
} from './report-rules'
import { minPresetSeconds } from './rules'
import type { SettingState } from './schemas'

/** The version that the change was decided on; 0: the setting was never changed. */
const version = z.int('invalid').min(0, 'invalid')

const plainText = (max: number) =>
  z
    .string('invalid')
    .trim()
    .min(1, 'required')
    .max(max, 'too_long')
    // Braces are the mark of places in templates: in what is filled in they would look like one that was forgotten.
    .regex(/^[^{}\p{Cc}\p{Cs}]*$/u, 'control_characters')

const inEachLanguage = <Text extends z.ZodType>(text: Text) =>
  z.strictObject(
    Object.fromEntries(noticeLocales.map((locale) => [locale, text])) as Record<
      // the literal list above
      (typeof noticeLocales)[number],
      Text
    >,
  )

const stepSchema = z.union(
  [
    z.enum(['warn', 'forever']),
    z.strictObject({
      seconds: z.int('invalid').min(minPresetSeconds, 'invalid').max(maxMuteSeconds, 'beyond_maximum'),
    }),
  ],
  'invalid',
)

const policySchema = z.strictObject({
  severity: z.int('invalid').min(1, 'invalid').max(maxSeverity, 'invalid'),
  slaSeconds: z.int('invalid').min(60, 'invalid').max(maxSlaSeconds, 'beyond_maximum'),
  ladder: z.array(stepSchema, 'invalid').min(1, 'required').max(maxLadderSteps, 'too_many'),
  decayDays: z.int('invalid').min(1, 'invalid').max(maxDecayDays, 'beyond_maximum'),
  text: inEachLanguage(plainText(maxPolicyTextLength)),
  name: inEachLanguage(plainText(maxCategoryNameLength)).nullable(),
  isRetired: z.boolean('invalid'),
  isUrgent: z.boolean('invalid'),
  rank: z.int('invalid').min(0, 'invalid').max(maxCategories, 'invalid'),
})

/** How reports of each category are worked on: all that are built in, and those that leads added. */
export const reportPoliciesSchema: z.ZodType<ReportPolicies, ReportPolicies> = z
  .record(categorySchema('invalid'), policySchema)
  .superRefine((policies, { addIssue }) => {
    const wrong = (path: string[], message: FieldErrorCode) => addIssue({ code: 'custom', path, message })
    for (const category of reportCategories) if (!policies[category]) wrong([category], 'invalid')
    // What nothing else fits has somewhere to go.
    if (policies.other?.isRetired) wrong(['other', 'isRetired'], 'invalid')
    const all = Object.entries(policies)
    if (all.length > maxCategories) wrong([], 'too_many')
    for (const [category, { name }] of all)
      if (!isBuiltIn(category) && name === null) wrong([category, 'name'], 'required')
  })
  // Each that is built in is there, as was just checked.
  .transform((policies) => policies as ReportPolicies)

/** As stored; before there were names and an order, every category was built in, and one alone was urgent. */
export const storedPoliciesSchema = z.preprocess((value) => {
  const stored = z.record(z.string(), z.looseObject({})).safeParse(value)
  if (!stored.success) return value
  return Object.fromEntries(
    Object.entries(stored.data).map(([category, policy]) => [
      category,
      {
        name: null,
        isRetired: false,
        isUrgent: category === 'threat_to_life',
        rank: isBuiltIn(category) ? reportCategories.indexOf(category) : maxCategories,
        ...policy,
      },
    ]),
  )
}, reportPoliciesSchema)

/** What people are told. Each text has the places that its kind must have, and no others. */
export const noticeTemplatesSchema: z.ZodType<NoticeTemplates, NoticeTemplates> = z
  .strictObject({
    texts: z.record(z.enum(noticeKinds), inEachLanguage(z.string('invalid').trim())),
    appeal: inEachLanguage(plainText(maxAppealTextLength)),
  })
  .superRefine(({ texts }, { addIssue }) => {
    for (const kind of noticeKinds)
      for (const locale of noticeLocales) {
        const fault = templateFault(kind, texts[kind][locale])
        if (fault) addIssue({ code: 'custom', path: ['texts', kind, locale], message: fault })
      }
  })

export const setReportPoliciesSchema = z.strictObject({ policies: reportPoliciesSchema, version })
export type SetReportPoliciesInput = z.infer<typeof setReportPoliciesSchema>

export const setNoticeTemplatesSchema = z.strictObject({ templates: noticeTemplatesSchema, version })
export type SetNoticeTemplatesInput = z.infer<typeof setNoticeTemplatesSchema>

export type ReportPoliciesDto = SettingState & { policies: ReportPolicies }
export type NoticeTemplatesDto = SettingState & { templates: NoticeTemplates }
