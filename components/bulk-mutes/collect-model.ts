import type * as z from 'zod'
import type { ComposerForm } from '@/components/mutes/composer-form'
import {
  type ComposerFields,
  categoriesFor,
  endOf,
  reasonOf,
  serverFields,
} from '@/components/mutes/composer-model'
import { maxCollected } from '@/lib/bulk-mutes/rules'
import type { createBulkMuteSchema } from '@/lib/bulk-mutes/schemas'
import type { FieldErrorCode } from '@/lib/errors'
import { resolveEnd } from '@/lib/mutes/ends'
import type { EndInput, Reason } from '@/lib/mutes/schemas'
import type { GlobalScope } from '@/lib/provider/port'
import type { Batch, CollectCase, CollectDraft } from './collect-draft'
import { runsOf } from './collect-ids'

export type CreateInput = z.input<typeof createBulkMuteSchema>

/** What is wrong, by field. */
export type CollectFields = ComposerFields & Partial<Record<'userIds' | 'groupId' | 'cases', FieldErrorCode>>

/** What is possible at the place that is chosen. */
export type CollectLimits = {
  /** the mutes of whole accounts that the connection's provider has */
  scopes: readonly GlobalScope[]
  /** members of the chosen group can be muted as far as is known */
  isGroupPossible: boolean
}

/** The scopes that the form asks for, of those that the connection has; none in a group. */
export function scopesOf({ place, form }: CollectDraft, possible: readonly GlobalScope[]): GlobalScope[] {
  if (place.in === 'group') return []
  return possible.filter((scope) => form.scope === 'both' || form.scope === scope)
}

/** The cases that a mute of these accounts decides, or leaves open. */
export function casesIn({ kind, connection, cases }: CollectDraft, ids: readonly string[]): CollectCase[] {
  if (kind === 'lift' || cases.length === 0) return []
  const accounts = new Set(ids)
  return cases.filter((one) => one.connection === connection && accounts.has(one.userId))
}

/** The end that a mute would have at `now`, or which field is wrong and why; null for a lift. */
function endAt({ kind, form }: CollectDraft, timeZone: string, now: number) {
  return kind === 'lift' ? null : endOf(form, timeZone, now)
}

/** The categories of reasons: a correction is one where mutes may become shorter. */
export function reasonsFor({ kind, mayShorten }: Pick<CollectDraft, 'kind' | 'mayShorten'>) {
  return categoriesFor(kind, mayShorten)
}

export type Checked = {
  /** null: a lift, or not an end */
  end: EndInput | null
  /** null: not complete */
  reason: Reason | null
  /** what is wrong; empty when it can be sent */
  fields: CollectFields
}

/** The form as it would be sent at `now`, and which fields are wrong and why. */
export function check(
  draft: CollectDraft,
  ids: readonly string[],
  limits: CollectLimits,
  timeZone: string,
  now: number,
): Checked {
  const resolved = endAt(draft, timeZone, now)
  const reason = reasonOf(draft.form)
  return {
    end: resolved?.ok ? resolved.end : null,
    reason: reason.ok ? reason.reason : null,
    fields: {
      ...(ids.length === 0 && { userIds: 'required' }),
      ...(ids.length > maxCollected && { userIds: 'too_many' }),
      ...placeFaults(draft, limits),
      ...(draft.wish === null && casesIn(draft, ids).length > 0 && { cases: 'required' }),
      ...(resolved && !resolved.ok && { [resolved.field]: resolved.error }),
      ...(!reason.ok && reason.fields),
    },
  }
}

function placeFaults(draft: CollectDraft, limits: CollectLimits): CollectFields {
  const { place } = draft
  if (place.in === 'everywhere')
    return scopesOf(draft, limits.scopes).length > 0 ? {} : { scopes: 'required' }
  if (place.groupId === '') return { groupId: 'required' }
  return limits.isGroupPossible ? {} : { groupId: 'invalid' }
}

/** The runs to be made. Several share one absolute end: they are made one after another. */
export function batchOf(ids: readonly string[], end: EndInput | null, now: number): Batch {
  const runs = runsOf(ids).map(({ length }) => ({
    key: crypto.randomUUID(),
    accounts: length,
    bulkId: null,
  }))
  const until = end && resolveEnd(end, now)
  const isShared = runs.length > 1 && end?.kind === 'duration' && typeof until === 'number'
  return { end: isShared ? { kind: 'at', at: until } : end, runs }
}

/** What the server gets for one run of a batch. */
export function inputOf(
  draft: CollectDraft,
  reason: Reason,
  possible: readonly GlobalScope[],
  end: EndInput | null,
  run: { key: string; userIds: string[] },
): CreateInput {
  const { groupId, topicId } = draft.place
  const target = {
    idempotencyKey: run.key,
    connection: draft.connection,
    userIds: run.userIds,
    reason,
    ...(draft.place.in === 'everywhere'
      ? { scopes: scopesOf(draft, possible) }
      : { groupId, ...(topicId !== '' && { topicId }) }),
  }
  return end === null || draft.kind === 'lift'
    ? { kind: 'lift', ...target }
    : { kind: 'mute', ...target, end, mayShorten: draft.mayShorten, ...casesOf(draft, run.userIds) }
}

function casesOf(draft: CollectDraft, userIds: string[]) {
  const ids = casesIn(draft, userIds).map(({ id }) => id)
  return draft.wish === null || ids.length === 0 ? {} : { cases: { ids, wish: draft.wish } }
}

/** Where the server's field errors belong in the form; whatever has no field of its own is left to the panel. */
export function refusedFields(fields: Record<string, FieldErrorCode>, form: ComposerForm): CollectFields {
  const found: CollectFields = serverFields(fields, form)
  for (const [path, code] of Object.entries(fields)) {
    if (path.startsWith('userIds')) found.userIds = code
    else if (path.startsWith('cases')) found.cases = code
    else if (path.startsWith('groupId') || path.startsWith('topicId')) found.groupId = code
  }
  return found
}
