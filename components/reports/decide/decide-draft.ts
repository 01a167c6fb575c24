import { reportMuteDays } from '@/lib/reports/report-mute-rules'
import { verdicts } from '@/lib/reports/rules'
import { noticeLocales } from '@/lib/settings/report-rules'
import { isFlag, isListOf, isNullOr, isOneOf, isShape, isText, parsed } from '@/lib/shape'
import { type DecideForm, emptyForm, mainActions } from './decide-model'

/** Changes when what is stored changes its shape. */
const prefix = 'hushdesk.decide.1.'

const isForm = isShape<DecideForm>({
  verdict: isNullOr(isOneOf(verdicts)),
  action: isNullOr(isOneOf(mainActions)),
  place: isNullOr(isOneOf(['everywhere', 'group', 'topic'])),
  length: isNullOr(isText),
  durationText: isText,
  isKicked: isFlag,
  reasonText: isText,
  overrideReason: isText,
  tellsAccused: isFlag,
  language: isNullOr(isOneOf(noticeLocales)),
  tellsReporters: isFlag,
  closeWith: isListOf(isText),
  looksAgain: isFlag,
  muteReporterDays: isNullOr(isOneOf(reportMuteDays)),
})

/** What was put into the form of this case in this tab, and not decided yet; nothing where it is not such a form. */
export function keptForm(caseId: string): DecideForm {
  try {
    return parsed(sessionStorage.getItem(prefix + caseId), isForm) ?? emptyForm
  } catch {
    // Storage can be forbidden; the form then lives as long as the page.
    return emptyForm
  }
}

/**
 * Keeps the form in this tab alone, so that a look at another page or a reload loses nothing; null or untouched:
 * forgets it.
 */
export function keepForm(caseId: string, form: DecideForm | null): void {
  try {
    if (form === null || form === emptyForm) sessionStorage.removeItem(prefix + caseId)
    else sessionStorage.setItem(prefix + caseId, JSON.stringify(form))
  } catch {
    // See above.
  }
}
