import { hasPermission, type Role } from '@/lib/auth/roles'
import type { CaseDto } from '@/lib/reports/case-schemas'
import { openCaseStatuses } from '@/lib/reports/rules'

/** How a case stands for whoever looks at it. */
export type Stand = {
  kind: 'ended' | 'free' | 'yours' | 'other_tab' | 'other' | 'held' | 'handed'
  /** the words for it, if any; `name` belongs to them */
  words: 'free' | 'yours' | 'otherTab' | 'other' | 'lapsed' | 'onHold' | 'handed' | 'handedYou' | null
  name: string
  /** when that ends, epoch ms */
  until: number | null
  /** it is in this tab's hands */
  isYours: boolean
  canClaim: boolean
  /** to claim it takes it from one's own other tab or from the colleague it was handed to */
  takesOver: boolean
  /** it is in the hands of another tab or a colleague, or on its way into a colleague's */
  isElsewhere: boolean
  /** it may be held, handed over and put into another category from here */
  canChange: boolean
}

/** Whether somebody of that role can have the case at all: what was passed to the leads is theirs alone. */
export function isInReachOf({ needsLead }: CaseDto, role: Role): boolean {
  return !needsLead || hasPermission(role, 'reports:lead')
}

/** `hasToken`: this tab has the claim. */
export function standOf({ status, claim, held }: CaseDto, hasToken: boolean): Stand {
  const none = {
    ...{ name: '', until: null, isYours: false, isElsewhere: false },
    ...{ canClaim: false, takesOver: false, canChange: false },
  }
  if (!openCaseStatuses.some((open) => open === status)) return { ...none, kind: 'ended', words: null }
  if (claim?.isLive) {
    const { until, by: name, isYours } = claim
    if (isYours && hasToken)
      return { ...none, kind: 'yours', words: 'yours', until, isYours: true, canChange: true }
    const elsewhere = { ...none, until, isElsewhere: true }
    if (isYours)
      return { ...elsewhere, kind: 'other_tab', words: 'otherTab', canClaim: true, takesOver: true }
    return { ...elsewhere, kind: 'other', words: 'other', name }
  }
  const free = { ...none, canClaim: true, canChange: true }
  if (claim) return { ...free, kind: 'free', words: 'lapsed' }
  if (!held) return { ...free, kind: 'free', words: 'free' }
  const { until } = held
  if (held.for === null) return { ...free, kind: 'held', words: 'onHold', until }
  if (held.isForYou) return { ...free, kind: 'handed', words: 'handedYou', until }
  return {
    ...free,
    kind: 'handed',
    words: 'handed',
    name: held.for,
    until,
    isElsewhere: true,
    takesOver: true,
  }
}
