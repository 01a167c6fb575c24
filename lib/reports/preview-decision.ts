import 'server-only'
import { and, eq, inArray, ne } from 'drizzle-orm'
import type { Actor } from '@/lib/auth/actor'
import { requirePermission } from '@/lib/auth/require-permission'
import type { Context } from '@/lib/context'
import { cases, muteStates } from '@/lib/db/schema'
import { currentUntil, type StateRow } from '@/lib/mutes/internal'
import { adviceFor } from './advice'
import { getCaseRow } from './change-case'
import { fixedActions, isMuteAction, isStrike, weighed } from './decision-actions'
import type { DecisionPreviewDto } from './decision-dtos'
import type { DecisionAction, PreviewDecisionInput } from './decision-schemas'
import { isAsSuggested } from './ladder'
import { type Told, toldBy } from './notices-of-decision'

/**
 * Everything that a decision would do, by what the ledger knows now: changes nothing and asks no provider. Throws
 * `FORBIDDEN`, `NOT_FOUND` and `INVALID_INPUT` (`end`).
 */
export async function previewDecision(
  { db, clock }: Context,
  actor: Actor,
  input: PreviewDecisionInput,
): Promise<DecisionPreviewDto> {
  requirePermission(actor, 'reports:work')
  const now = clock.now()
  const own = await getCaseRow(db, input.caseId)
  const actions = fixedActions(input.actions, now)
  const closeWith = input.closeWith.map(({ caseId }) => caseId)
  const [advice, held, told, closes] = await Promise.all([
    adviceFor(db, own, now),
    db
      .select()
      .from(muteStates)
      .where(
        and(
          eq(muteStates.connection, own.connection),
          eq(muteStates.userId, own.accusedId),
          ne(muteStates.userId, ''),
        ),
      ),
    toldBy(db, { actions, case: own, plan: { closeWith, notify: input.notify } }),
    db
      .select({ caseId: cases.id, number: cases.number })
      .from(cases)
      .where(inArray(cases.id, closeWith))
      .orderBy(cases.number),
  ])
  const changes = changesOf(actions, held, now)
  const isChanged = (state: StateRow) =>
    changes.some(
      ({ groupId, topicId, scope }) =>
        scope === state.scope && (groupId ?? '') === state.groupId && (topicId ?? '') === state.topicId,
    )
  return {
    advice,
    isAsSuggested: isAsSuggested(advice, input.verdict, weighed(actions, now)),
    changes,
    kicks: actions.flatMap((action) => (action.kind === 'kick' ? [action.groupId] : [])),
    stays: held.flatMap((state) => {
      const until = currentUntil(state, now)
      if (until === null || isChanged(state)) return []
      return [{ groupId: state.groupId || null, topicId: state.topicId || null, scope: state.scope, until }]
    }),
    told: sorted(told, own.accusedId),
    closes,
    isStrike: isStrike(input.verdict, actions),
    serverNow: now,
  }
}

function changesOf(
  actions: readonly DecisionAction[],
  held: readonly StateRow[],
  now: number,
): DecisionPreviewDto['changes'] {
  return actions.filter(isMuteAction).flatMap((action) =>
    action.scopes.map((scope) => {
      const { groupId = '', topicId = '' } = action
      const state = held.find(
        (row) => row.scope === scope && row.groupId === groupId && row.topicId === topicId,
      )
      return {
        kind: action.kind,
        groupId: groupId || null,
        topicId: topicId || null,
        scope,
        before: currentUntil(state, now),
        after: action.kind === 'lift' ? null : action.until,
      }
    }),
  )
}

/** One text for the accused, and one for the reporters of each language with how many they are. */
function sorted(told: readonly Told[], accusedId: string): DecisionPreviewDto['told'] {
  const accused = told.find(({ userId, kind }) => userId === accusedId && kind !== 'reporter_answer')
  const reporters = new Map<string, DecisionPreviewDto['told']['reporters'][number]>()
  for (const { kind, locale, text } of told) {
    if (kind !== 'reporter_answer') continue
    reporters.set(locale, { locale, text, count: (reporters.get(locale)?.count ?? 0) + 1 })
  }
  return {
    accused: accused ? { locale: accused.locale, text: accused.text } : null,
    reporters: [...reporters.values()],
  }
}
