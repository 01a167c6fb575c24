import * as z from 'zod'
import { maxMuteSeconds } from '@/lib/mutes/rules'
import { noticeKinds, reportCategories } from '@/lib/reports/rules'
import {
  maxAppealTextLength,
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
})

/** How reports of each category are worked on. */
export const reportPoliciesSchema: z.ZodType<ReportPolicies, ReportPolicies> = z.record(
  z.enum(reportCategories),
  policySchema,
)

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
