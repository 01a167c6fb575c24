import type { Until } from '@/lib/provider/port'
import {
  type NoticeLocale,
  type NoticePlace,
  type NoticeTemplates,
  policyOf,
  type ReportPolicies,
} from '@/lib/settings/report-rules'
import type { NoticeKind, ReportCategory } from './rules'

const withoutEnd: Record<NoticeLocale, string> = { en: 'further notice', 'zh-CN': '另行通知', ja: '期限なし' }

/** What stands for the answer where an appeal was granted without anybody's words. */
export const takenBackText: Record<NoticeLocale, string> = {
  en: 'The decision has been taken back.',
  'zh-CN': '该处理决定已撤销。',
  ja: '対象の裁定は取り消されました。',
}

/** The language among ours that fits a reporter's (BCP 47); English where none does. */
export function noticeLocaleOf(language: string): NoticeLocale {
  const [main] = language.toLowerCase().split(/[-_]/)
  if (main === 'zh') return 'zh-CN'
  return main === 'ja' ? 'ja' : 'en'
}

/** An end as people anywhere in the world read it: in UTC. */
export function writtenEnd(until: Until, locale: NoticeLocale): string {
  if (until === 'forever') return withoutEnd[locale]
  return new Intl.DateTimeFormat(locale, {
    year: 'numeric',
    month: 'short',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hour12: false,
    timeZone: 'UTC',
    timeZoneName: 'short',
  }).format(until)
}

type Facts = { locale: NoticeLocale; category: ReportCategory; until: Until | null }

/** What somebody is told: the template of its kind and language, with its places filled in. */
export function noticeText(
  kind: NoticeKind,
  { locale, category, until }: Facts,
  { templates, policies }: { templates: NoticeTemplates; policies: ReportPolicies },
): string {
  const filled: Record<NoticePlace, string> = {
    reason: policyOf(policies, category).text[locale],
    until: until === null ? '' : writtenEnd(until, locale),
    appeal: templates.appeal[locale],
  }
  // What is filled in is not looked at again: it has no places.
  return templates.texts[kind][locale].replaceAll(
    /\{(reason|until|appeal)\}/g,
    (_, place: NoticePlace) => filled[place],
  )
}

/** What the accused is told of an appeal: the template with the answerer's own words. */
export function appealAnswerText(
  { texts }: NoticeTemplates,
  locale: NoticeLocale,
  answer: string,
  until: Until | null,
): string {
  return texts.appeal_answer[locale].replaceAll(/\{(reason|until)\}/g, (_, place: string) => {
    if (place === 'reason') return answer
    return until === null ? '' : writtenEnd(until, locale)
  })
}
