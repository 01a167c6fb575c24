import { formatDuration, parseDuration } from '@/components/mutes/duration-text'
import {
  type LadderStep,
  maxDecayDays,
  maxLadderSteps,
  maxPolicyTextLength,
  maxSeverity,
  maxSlaSeconds,
  type NoticeLocale,
  noticeLocales,
  type ReportPolicy,
} from '@/lib/settings/report-rules'
import { minPresetSeconds } from '@/lib/settings/rules'

/** A policy as it is typed. */
export type PolicyDraft = Record<'severity' | 'sla' | 'ladder' | 'decay' | NoticeLocale, string>

/** What is typed of a policy: all but what its category is called and where it stands. */
export type TypedPolicy = Omit<ReportPolicy, 'name' | 'isRetired' | 'isUrgent' | 'rank'>

/** A policy as one would type it. */
export function writePolicy({ severity, slaSeconds, ladder, decayDays, text }: TypedPolicy): PolicyDraft {
  return {
    severity: String(severity),
    sla: formatDuration(slaSeconds),
    ladder: ladder.map((step) => (typeof step === 'string' ? step : formatDuration(step.seconds))).join(', '),
    decay: String(decayDays),
    ...text,
  }
}

type Read = { policy: TypedPolicy } | { faults: Partial<Record<keyof PolicyDraft, true>> }

/** What was typed, or which fields of it cannot be read. */
export function readPolicy(draft: PolicyDraft): Read {
  const severity = readWhole(draft.severity, maxSeverity)
  const sla = parseDuration(draft.sla)
  const ladder = draft.ladder.split(/[,、，]/).map(readStep)
  const decayDays = readWhole(draft.decay, maxDecayDays)
  const steps = ladder.filter((step) => step !== null)
  const faults: Partial<Record<keyof PolicyDraft, true>> = {}
  if (severity === null) faults.severity = true
  if (!sla.ok || sla.seconds < 60 || sla.seconds > maxSlaSeconds) faults.sla = true
  if (steps.length < ladder.length || steps.length > maxLadderSteps) faults.ladder = true
  if (decayDays === null) faults.decay = true
  for (const locale of noticeLocales) {
    const text = draft[locale].trim()
    if (text === '' || text.length > maxPolicyTextLength || /[{}\p{Cc}]/u.test(text)) faults[locale] = true
  }
  if (Object.keys(faults).length > 0 || severity === null || !sla.ok || decayDays === null) return { faults }
  const text = { en: draft.en.trim(), 'zh-CN': draft['zh-CN'].trim(), ja: draft.ja.trim() }
  return { policy: { severity, slaSeconds: sla.seconds, ladder: steps, decayDays, text } }
}

function readStep(text: string): LadderStep | null {
  const word = text.trim().toLowerCase()
  if (word === 'warn' || word === 'forever') return word
  const parsed = parseDuration(word)
  return parsed.ok && parsed.seconds >= minPresetSeconds ? { seconds: parsed.seconds } : null
}

/** A whole number from 1 to `max`. */
function readWhole(text: string, max: number): number | null {
  const number = /^\d{1,5}$/.test(text.trim()) ? Number(text) : 0
  return number >= 1 && number <= max ? number : null
}
