import { hasPermission, type Role } from '@/lib/auth/roles'
import { isMoving } from '@/lib/bulk-mutes/active-query'
import {
  type Forecast,
  forecasts,
  type ItemState,
  isDoing,
  retryRefusal,
  transitions,
} from '@/lib/bulk-mutes/rules'
import type { BulkItemDto, BulkMuteDto } from '@/lib/bulk-mutes/schemas'

/** Why accounts are left out, and how many for each reason. */
export function leftOutOf({ forecasts: counts }: BulkMuteDto): { why: Forecast; count: number }[] {
  return forecasts
    .filter((forecast) => !isDoing(forecast))
    .map((why) => ({ why, count: counts[why] ?? 0 }))
    .filter(({ count }) => count > 0)
}

/** What an item is called within its run: the group, where the run is about one account's groups, else the account. */
export function itemName({ userId, groupId }: Pick<BulkItemDto, 'userId' | 'groupId'>): string {
  return groupId ?? userId
}

/** What is chosen is an item as it stands: one that was sent again and has succeeded is chosen no more. */
export function choiceOf(item: Pick<BulkItemDto, 'userId' | 'groupId' | 'state'>): string {
  return `${item.state}/${itemName(item)}`
}

/** Some items of a run, as its commands take them. */
export type PartOfRun = { userIds: string[] } | { groupIds: string[] }

/** The items with these names; null: all of them. */
export function partOf({ userId }: Pick<BulkMuteDto, 'userId'>, names: string[]): PartOfRun | null {
  if (names.length === 0) return null
  return userId === null ? { userIds: names } : { groupIds: names }
}

/** In which order a result is read: what needs somebody first. */
export const stateOrder = [
  'rejected',
  'unknown',
  'sending',
  'pending',
  'applied',
  'skipped',
] as const satisfies ItemState[]

/** The rows of a result, those that failed first; within a state in the order of the run. */
export function byNeed(items: readonly BulkItemDto[]): BulkItemDto[] {
  // What the provider shows otherwise is no better than not known.
  const need = ({ state, differs }: BulkItemDto) => stateOrder.indexOf(differs ? 'unknown' : state)
  return items.toSorted((a, b) => need(a) - need(b) || a.position - b.position)
}

/** What changed for an account, or would: nothing did where it failed, and what was left out is as it was. */
export function changesToTell({ changes, state }: BulkItemDto, isResult: boolean): BulkItemDto['changes'] {
  if (!isResult) return changes
  if (state === 'rejected') return []
  return state === 'skipped' ? changes.map((change) => ({ ...change, after: change.before })) : changes
}

/** Whether a run shows what became of its accounts, rather than what would. */
export function isStarted({ startedAt, status }: Pick<BulkMuteDto, 'startedAt' | 'status'>): boolean {
  return startedAt !== null || status === 'cancelled'
}

/**
 * What the accounts of a run have to be read anew for: another preview, another status, another outcome, of its cases
 * too. While it moves they are read every few seconds anyway.
 */
export function itemsVersion(run: BulkMuteDto): string {
  return [
    run.status,
    run.token,
    ...(isMoving(run) ? [] : [...Object.values(run.states), ...Object.values(run.cases ?? {})]),
  ].join('|')
}

export type RunRights = Record<
  'start' | 'approve' | 'previewAgain' | 'pause' | 'resume' | 'cancel' | 'retry' | 'undo',
  boolean
>

/** What somebody can do with a run as it stands. The server's verbs are what enforces it. */
export function rightsOver(run: BulkMuteDto, role: Role): RunRights {
  const is = (name: keyof typeof transitions) =>
    (transitions[name].from as readonly BulkMuteDto['status'][]).includes(run.status)
  const may = hasPermission(role, 'mutes:bulk')
  // Without its connection nothing can be read or sent, and the run goes on by itself once that is back.
  const canSend = may && !run.isConnectionGone
  return {
    start: canSend && run.mine && is('start') && run.token !== null && run.doing > 0,
    approve: !run.isConnectionGone && run.mayApprove && is('approve') && run.token !== null,
    previewAgain: canSend && is('preview_again'),
    pause: may && is('pause'),
    resume: canSend && is('resume'),
    cancel: may && is('cancel'),
    retry: may && retryRefusal(run) === null && is('retry') && run.retryable > 0,
    undo: canSend && (run.status === 'done' || run.status === 'cancelled') && run.states.applied > 0,
  }
}

/** How many accounts had come to their end at a moment of the server's clock, epoch ms. */
export type Sample = { at: number; settled: number }

/** How far back the rate looks, in ms. */
const rateWindowMs = 10_000

/** The samples that a rate is made of, with a new one; those that are too old, or from before a retry, are dropped. */
export function withSample(samples: readonly Sample[], sample: Sample): Sample[] {
  const kept = samples.filter(
    ({ at, settled }) => at < sample.at && sample.at - at <= rateWindowMs && settled <= sample.settled,
  )
  return [...kept, sample]
}

/** Accounts a second, as seen lately; null while too little is seen. */
export function rateOf(samples: readonly Sample[]): number | null {
  const [first, last] = [samples[0], samples.at(-1)]
  if (!first || !last || last.at - first.at < 500 || last.settled === first.settled) return null
  return ((last.settled - first.settled) * 1_000) / (last.at - first.at)
}

/** How many seconds the rest of a run takes: by the rate that was seen, before that by the pacing; null: not known. */
export function secondsLeft(run: BulkMuteDto, rate: number | null): number | null {
  const left = run.doing - run.settled
  if (rate !== null) return Math.ceil(left / rate)
  return run.callsPerSecond > 0 ? Math.ceil(run.callsLeft / run.callsPerSecond) : null
}

/** Ids to be pasted again, one a line; those that hold a separator in quotation marks. */
export function idLines(ids: readonly string[]): string {
  return ids.map((id) => (/[",;]|^[\s']|\s$/.test(id) ? `"${id.replaceAll('"', '""')}"` : id)).join('\n')
}
