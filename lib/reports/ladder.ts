import type { LadderStep, ReportPolicy } from '@/lib/settings/report-rules'
import type { Verdict } from './rules'

/** What the ladder says about an offence, and why. */
export type Advice = {
  step: LadderStep
  /** the strikes that still count */
  strikes: number
  /** which step it is, from 1, and how many there are */
  position: number
  steps: number
  decayDays: number
}

/** A strike as far as the ladder goes by it; instants in epoch ms. */
export type StrikeFacts = { givenAt: number; voidedAt: number | null }

/** What follows an offence under a policy: each strike that is neither void nor older than it counts is one step up. */
export function suggest(
  { ladder, decayDays }: Pick<ReportPolicy, 'ladder' | 'decayDays'>,
  strikes: readonly StrikeFacts[],
  now: number,
): Advice {
  const counted = strikes.filter(
    ({ givenAt, voidedAt }) => voidedAt === null && givenAt > now - decayDays * 86_400_000,
  ).length
  const index = Math.min(counted, ladder.length - 1)
  const step = ladder[index]
  if (step === undefined) throw new RangeError('a ladder has at least one step')
  return { step, strikes: counted, position: index + 1, steps: ladder.length, decayDays }
}

/** How hard a step is: a warning counts as a second of muting. */
export function weightOfStep(step: LadderStep): number {
  if (step === 'forever') return Number.POSITIVE_INFINITY
  return step === 'warn' ? 1 : step.seconds
}

/** An action as far as the ladder goes by it; `seconds` from now, infinite for ever. */
export type WeighedAction = { kind: 'warn' | 'lift' | 'kick' } | { kind: 'mute' | 'extend'; seconds: number }

/** Two lengths that are no further apart are the same: an end that was typed is a minute's. */
const toleranceSeconds = 60

/**
 * Whether what is done about the accused is what the ladder says; otherwise the moderator says why. Of a report that is
 * not valid nothing follows, and lifting a mute needs no word. The ladder never says to remove somebody.
 */
export function isAsSuggested(
  advice: Pick<Advice, 'step'>,
  verdict: Verdict,
  actions: readonly WeighedAction[],
): boolean {
  const wanted = verdict === 'valid' ? weightOfStep(advice.step) : 0
  const done = Math.max(0, ...actions.map(weightOfAction))
  if (actions.some(({ kind }) => kind === 'kick')) return false
  return wanted === done || (wanted > 1 && done > 1 && Math.abs(wanted - done) <= toleranceSeconds)
}

function weightOfAction(action: WeighedAction): number {
  switch (action.kind) {
    case 'warn':
      return 1
    case 'mute':
    case 'extend':
      return action.seconds
    case 'lift':
    case 'kick':
      return 0
    default:
      return action satisfies never
  }
}
