import { type DecideForm, emptyForm } from './decide-model'

/** Changes when what is stored changes its shape. */
const prefix = 'hushdesk.decide.1.'

/** What was put into the form of this case in this tab, and not decided yet. */
export function keptForm(caseId: string): DecideForm {
  try {
    const kept = sessionStorage.getItem(prefix + caseId)
    return kept === null ? emptyForm : { ...emptyForm, ...(JSON.parse(kept) as Partial<DecideForm>) }
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
