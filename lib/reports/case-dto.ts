import 'server-only'
import { and, eq, getTableColumns, sql } from 'drizzle-orm'
import { alias, type PgSelect } from 'drizzle-orm/pg-core'
import { accounts, cases, groups, moderators } from '@/lib/db/schema'
import type { CaseDto } from './case-schemas'
import type { CaseRow } from './change-case'
import { priorityWhySchema } from './report-schemas'
import { openCaseStatuses } from './rules'

const claimant = alias(moderators, 'claimant')
const awaited = alias(moderators, 'awaited')
const closer = alias(moderators, 'closer')

/** What a case is told by: its row, and the names that belong to it. For `withNames`. */
export const caseColumns = {
  row: getTableColumns(cases),
  nickname: accounts.nickname,
  groupName: sql<string | null>`${groups.name}`.as('group_name'),
  claimant: sql<string | null>`${claimant.name}`.as('claimant_name'),
  awaited: sql<string | null>`${awaited.name}`.as('awaited_name'),
  closer: sql<string | null>`${closer.name}`.as('closer_name'),
}

/** Joins the names to a query over `cases`: one row stays one row. */
export function withNames<Query extends PgSelect>(query: Query) {
  return query
    .leftJoin(accounts, and(eq(accounts.connection, cases.connection), eq(accounts.userId, cases.accusedId)))
    .leftJoin(groups, and(eq(groups.connection, cases.connection), eq(groups.groupId, cases.groupId)))
    .leftJoin(claimant, eq(claimant.id, cases.claimedBy))
    .leftJoin(awaited, eq(awaited.id, cases.heldFor))
    .leftJoin(closer, eq(closer.id, cases.closedBy))
}

type Named = {
  row: CaseRow
  nickname: string | null
  groupName: string | null
  claimant: string | null
  awaited: string | null
  closer: string | null
  isNamed?: boolean
}

/** A case as `me` is told of it, at `now` (epoch ms). The claim's token is told to nobody. */
export function caseDto(
  { row, nickname, groupName, claimant, awaited, closer, isNamed = false }: Named,
  me: string,
  now: number,
): CaseDto {
  const isClaimed = row.status === 'claimed' && claimant !== null && row.claimUntil !== null
  return {
    id: row.id,
    number: row.number,
    connection: row.connection,
    accused: { userId: row.accusedId, nickname },
    groupId: row.groupId || null,
    groupName,
    topicId: row.topicId || null,
    peerId: row.peerId || null,
    status: row.status,
    version: row.version,
    category: row.category,
    priority: row.priority,
    priorityWhy: priorityWhySchema.parse(row.priorityWhy),
    reportCount: row.reportCount,
    reporterCount: row.reporterCount,
    openedAt: row.openedAt,
    lastReportedAt: row.lastReportedAt,
    dueAt: row.dueAt,
    claim: isClaimed
      ? {
          by: claimant,
          isYours: row.claimedBy === me,
          until: row.claimUntil ?? 0,
          isLive: (row.claimUntil ?? 0) > now,
        }
      : null,
    held:
      row.status === 'waiting' && row.heldUntil !== null
        ? { until: row.heldUntil, for: awaited, isForYou: row.heldFor === me }
        : null,
    needsLead: row.escalatedAt !== null && openCaseStatuses.some((open) => open === row.status),
    isNamed,
    closedAt: row.closedAt,
    closedBy: closer,
    verdict: row.verdict,
    muteEndsAt: null,
  }
}
