import 'server-only'
import { and, asc, inArray, isNotNull, ne } from 'drizzle-orm'
import type { Db, Tx } from '@/lib/db'
import { reports } from '@/lib/db/schema'
import { inSeconds } from '@/lib/mutes/internal'
import { findNoticeTemplates } from '@/lib/settings/notice-templates'
import { findReportPolicies } from '@/lib/settings/report-policies'
import type { NoticeLocale } from '@/lib/settings/report-rules'
import { noticeOf } from './decision-actions'
import type { Decision } from './decision-rows'
import { noticeLocaleOf, noticeText } from './notice-text'
import { type NoticeKind, noticeHoldSeconds } from './rules'

/** What somebody will be told. */
export type Told = { userId: string; kind: NoticeKind; locale: NoticeLocale; text: string }

type Plan = Pick<Decision, 'actions'> & {
  case: Pick<Decision['case'], 'id' | 'accusedId' | 'category'>
  plan: Pick<Decision['plan'], 'closeWith' | 'notify'>
}

/** Who will be told what: the accused of a sanction, each reporter once that it was handled and nothing more. */
export async function toldBy(db: Db | Tx, { actions, plan, case: own }: Plan): Promise<Told[]> {
  const [templates, policies] = [await findNoticeTemplates(db), await findReportPolicies(db)]
  const write = (
    kind: NoticeKind,
    locale: NoticeLocale,
    until: Parameters<typeof noticeText>[1]['until'] = null,
  ) => noticeText(kind, { locale, category: own.category, until }, { templates, policies })
  const told: Told[] = []
  const notice = noticeOf(actions)
  const isWarning = actions.some(({ kind }) => kind === 'warn')
  // A warning that nobody is told of would be none.
  const locale = plan.notify.accused ?? (isWarning ? 'en' : null)
  if (notice && locale)
    told.push({
      userId: own.accusedId,
      kind: notice.kind,
      locale,
      text: write(notice.kind, locale, notice.until),
    })
  if (!plan.notify.reporters) return told
  const reporters = await db
    .selectDistinctOn([reports.reporterId], { id: reports.reporterId, language: reports.language })
    .from(reports)
    .where(
      and(
        inArray(reports.caseId, [own.id, ...plan.closeWith]),
        isNotNull(reports.reporterId),
        ne(reports.reporterId, own.accusedId),
      ),
    )
    .orderBy(asc(reports.reporterId), asc(reports.receivedAt))
  for (const { id, language } of reporters) {
    if (id === null) continue
    const theirs = noticeLocaleOf(language)
    told.push({ userId: id, kind: 'reporter_answer', locale: theirs, text: write('reporter_answer', theirs) })
  }
  return told
}

/** The same as rows, held on the server so that an undo can stop them. */
export async function noticesOfDecision(tx: Tx, decision: Decision) {
  const told = await toldBy(tx, decision)
  return told.map(({ userId, kind, locale, text }) => ({
    id: crypto.randomUUID(),
    decisionId: decision.id,
    caseId: decision.case.id,
    kind,
    connection: decision.case.connection,
    userId,
    language: locale,
    text,
    sendAfter: inSeconds(noticeHoldSeconds),
  }))
}
