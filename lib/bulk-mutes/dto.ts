import 'server-only'
import { asc, count, eq, inArray } from 'drizzle-orm'
import type { Actor } from '@/lib/auth/actor'
import { hasPermission } from '@/lib/auth/roles'
import type { Context } from '@/lib/context'
import { bulkMuteItems, bulkMutes, muteCommands } from '@/lib/db/schema'
import { groupNamesOf } from '@/lib/groups/recall'
import { parseFailure } from '@/lib/mutes/failure'
import { findApprovalAbove } from '@/lib/settings/approval-above'
import { approvalOf, ownersOf, undoneKinds } from './approval'
import { type BulkRow, itemState, namesOf, paceOf } from './internal'
import { doings, type Forecast, type ItemState, itemStates } from './rules'
import { countRunCases } from './run-cases'
import type { BulkMuteDto } from './schemas'

type Counts = {
  forecasts: Partial<Record<Forecast, number>>
  states: Record<ItemState, number>
  retryable: number
}

/** Runs as they are shown to whoever asks; a few queries, however many. */
export async function bulkDtos(
  context: Context,
  asker: Pick<Actor, 'id' | 'role'>,
  bulks: readonly BulkRow[],
): Promise<BulkMuteDto[]> {
  // The frame of every page asks, mostly while nothing is under way.
  if (bulks.length === 0) return []
  const { db, clock } = context
  const [counts, names, undos, groupNames, approvalAbove, isOwn, undoneOf, cases] = await Promise.all([
    countAll(context, bulks),
    namesOf(
      db,
      bulks.flatMap(({ actorId, approvedBy, pausedBy }) => [actorId, approvedBy, pausedBy]),
    ),
    undosOf(context, bulks),
    groupNamesByConnection(context, bulks),
    findApprovalAbove(db),
    ownersOf(db, bulks),
    undoneKinds(db, bulks),
    hasPermission(asker.role, 'reports:read')
      ? countRunCases(
          db,
          bulks.map(({ id }) => id),
        )
      : null,
  ])
  const nameOf = (id: string | null) => (id === null ? null : (names.get(id) ?? null))
  return bulks.map((bulk): BulkMuteDto => {
    const { forecasts, states, retryable } = counts.get(bulk.id) ?? noCounts()
    const total = Object.values(states).reduce((sum, items) => sum + items, 0)
    const connection = context.connections.find(({ key }) => key === bulk.connection)
    const willDo = doings.reduce((sum, forecast) => sum + (forecasts[forecast] ?? 0), 0)
    const doing = bulk.previewedAt === null ? total : willDo
    const moving = states.pending + states.sending + states.unknown
    const pace = connection ? paceOf(context, bulk) : { callsPerSecond: 0, accountsPerCall: 1 }
    const waiting = bulk.startedAt === null ? doing : states.pending
    return {
      id: bulk.id,
      kind: bulk.kind,
      status: bulk.status,
      connection: connection ?? { key: bulk.connection, name: bulk.connection, provider: 'tencent' },
      isConnectionGone: connection === undefined,
      userId: bulk.userId || null,
      isPartial: bulk.isPartial,
      groupId: bulk.groupId || null,
      groupName: groupNames.get(bulk.connection)?.get(bulk.groupId) ?? null,
      topicId: bulk.topicId || null,
      scopes: bulk.scopes,
      until: bulk.until,
      mayShorten: bulk.mayShorten,
      reason: { category: bulk.reasonCategory, text: bulk.reasonText },
      actorName: nameOf(bulk.actorId) ?? '',
      mine: bulk.actorId === asker.id,
      mayApprove: !isOwn(bulk, asker.id) && hasPermission(asker.role, 'mutes:approve-bulk'),
      approvedBy: nameOf(bulk.approvedBy),
      approval: approvalOf(bulk, undoneOf(bulk), willDo, approvalAbove),
      undoOf: bulk.undoOf,
      undos: (undos.get(bulk.id) ?? []).map(({ id }) => id),
      createdAt: bulk.createdAt,
      previewedAt: bulk.previewedAt,
      startedAt: bulk.startedAt,
      finishedAt: bulk.finishedAt,
      token: bulk.token,
      pause:
        bulk.status === 'paused' && bulk.pausedWhy
          ? {
              why: bulk.pausedWhy,
              by: nameOf(bulk.pausedBy),
              failure: parseFailure(bulk.pauseFailure),
            }
          : null,
      previewFailure: parseFailure(bulk.previewFailure),
      total,
      doing,
      settled: bulk.startedAt === null ? 0 : Math.max(0, doing - moving),
      forecasts,
      states,
      retryable,
      cases: cases?.get(bulk.id) ?? null,
      callsLeft: Math.ceil(waiting / pace.accountsPerCall),
      callsPerSecond: pace.callsPerSecond * pacedShare,
      serverNow: clock.now(),
    }
  })
}

/** One run. */
export async function bulkDto(
  context: Context,
  asker: Pick<Actor, 'id' | 'role'>,
  bulk: BulkRow,
): Promise<BulkMuteDto> {
  const [dto] = await bulkDtos(context, asker, [bulk])
  if (!dto) throw new Error('a run has no picture')
  return dto
}

/** Of a provider's limit; see lib/throttle. */
const pacedShare = 0.9

function noCounts(): Counts {
  const states = Object.fromEntries(itemStates.map((state) => [state, 0])) as Record<ItemState, number>
  return { forecasts: {}, states, retryable: 0 }
}

async function countAll({ db }: Context, bulks: readonly BulkRow[]): Promise<Map<string, Counts>> {
  const counts = new Map<string, Counts>(bulks.map(({ id }) => [id, noCounts()]))
  if (bulks.length === 0) return counts
  const rows = await db
    .select({
      bulkId: bulkMuteItems.bulkId,
      state: itemState,
      forecast: bulkMuteItems.forecast,
      items: count(),
    })
    .from(bulkMuteItems)
    .leftJoin(muteCommands, eq(muteCommands.id, bulkMuteItems.commandId))
    .where(
      inArray(
        bulkMuteItems.bulkId,
        bulks.map(({ id }) => id),
      ),
    )
    .groupBy(bulkMuteItems.bulkId, itemState, bulkMuteItems.forecast)
  for (const { bulkId, state, forecast, items } of rows) {
    const of = counts.get(bulkId)
    if (!of) continue
    of.states[state] += items
    if (state === 'rejected') of.retryable += items
    if (forecast) of.forecasts[forecast] = (of.forecasts[forecast] ?? 0) + items
  }
  return counts
}

async function undosOf({ db }: Context, bulks: readonly BulkRow[]) {
  if (bulks.length === 0) return new Map<string | null, { id: string }[]>()
  const rows = await db
    .select({ id: bulkMutes.id, undoOf: bulkMutes.undoOf })
    .from(bulkMutes)
    .where(
      inArray(
        bulkMutes.undoOf,
        bulks.map(({ id }) => id),
      ),
    )
    .orderBy(asc(bulkMutes.createdAt))
  return Map.groupBy(rows, ({ undoOf }) => undoOf)
}

async function groupNamesByConnection(
  { db }: Context,
  bulks: readonly BulkRow[],
): Promise<Map<string, Map<string, string>>> {
  const byConnection = Map.groupBy(bulks, ({ connection }) => connection)
  const named = [...byConnection].map(async ([connection, of]) => {
    const groupIds = of.map(({ groupId }) => groupId)
    return [connection, await groupNamesOf(db, connection, groupIds)] as const
  })
  return new Map(await Promise.all(named))
}
