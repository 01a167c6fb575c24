import 'server-only'
import { and, asc, desc, eq, type SQL, sql } from 'drizzle-orm'
import type { Actor } from '@/lib/auth/actor'
import { requirePermission } from '@/lib/auth/require-permission'
import type { Context } from '@/lib/context'
import { cases } from '@/lib/db/schema'
import { caseColumns, caseDto, withNames } from './case-dto'
import type { CasesDto, ListCasesInput, QueueCursor } from './case-schemas'
import { endingOrder, endingPage } from './expiring'
import { inOrder, isAppealed, isClosed, isHeld, isUnclaimed } from './queue-order'
import { queuePageSize } from './queue-rules'

/**
 * One page of a tab: of New and Appeals the most urgent first, of Held what comes back first, of Expiring mutes what ends
 * first, of Done the last first; narrowed to exact ids. In one statement. Throws `FORBIDDEN`.
 */
export async function listCases(context: Context, actor: Actor, input: ListCasesInput): Promise<CasesDto> {
  requirePermission(actor, 'reports:read')
  const now = context.clock.now()
  const found = await (input.tab === 'expiring'
    ? listExpiring(context, input, now)
    : listTab(context, actor.id, input, tabOf(input.tab, actor.id)))
  const page = found.slice(0, queuePageSize)
  const dtos = page.map(({ endsAt, ...named }) => ({ ...caseDto(named, actor.id, now), muteEndsAt: endsAt }))
  const last = dtos.at(-1)
  const lastKey = last && keyOf(last, input.tab)
  return {
    cases: dtos,
    next: found.length > queuePageSize && lastKey ? lastKey.join('.') : null,
    serverNow: now,
  }
}

type Tab = { isIn: SQL; keys: readonly Key[]; direction: Direction }

async function listTab(context: Context, me: string, input: ListCasesInput, { isIn, keys, direction }: Tab) {
  const columns = { ...caseColumns, isNamed: sql<boolean>`${cases.id} in (${namedTo(me)})` }
  const rows = await withNames(context.db.select(columns).from(cases).$dynamic())
    .where(and(isIn, input.after && isAfter(keys, input.after, direction), ...narrowed(context, input)))
    .orderBy(...keys.map((key) => (direction === 'up' ? asc(key) : desc(key))))
    .limit(queuePageSize + 1)
  return rows.map((row) => ({ ...row, endsAt: null as number | null }))
}

async function listExpiring(context: Context, input: ListCasesInput, now: number) {
  const wanted = and(
    input.after && isAfter(endingOrder, input.after, 'up'),
    input.accused === undefined ? undefined : sql`ending.user_id = ${input.accused}`,
    input.connection === undefined ? undefined : sql`ending.connection = ${input.connection}`,
    ...narrowed(context, input),
  )
  const page = endingPage(context.db, now, wanted, queuePageSize + 1)
  return withNames(
    context.db
      .select({ ...caseColumns, endsAt: page.endsAt })
      .from(page)
      .innerJoin(cases, eq(cases.id, page.id))
      .$dynamic(),
  ).orderBy(asc(page.endsAt), asc(cases.id))
}

type Direction = 'up' | 'down'
type Key = (typeof inOrder)[number]

function tabOf(tab: Exclude<ListCasesInput['tab'], 'expiring'>, me: string): Tab {
  switch (tab) {
    case 'new':
      return { isIn: isUnclaimed, keys: inOrder, direction: 'up' }
    case 'mine':
      return { isIn: isMine(me), keys: inOrder, direction: 'up' }
    case 'appeals':
      return { isIn: isAppealed, keys: inOrder, direction: 'up' }
    case 'held':
      return { isIn: isHeld, keys: [sql`${cases.heldUntil}`, cases.id], direction: 'up' }
    case 'done':
      return { isIn: isClosed, keys: [sql`${cases.closedAt}`, cases.id], direction: 'down' }
    default:
      return tab satisfies never
  }
}

/**
 * In this moderator's hands, handed to them, or they were named in it. Each part by its own index: an "or" over them would
 * read all cases.
 */
export function isMine(me: string): SQL {
  return sql`${cases.id} in (
    select own.id from cases own where own.claimed_by = ${me} and own.status in ('claimed', 'decided')
    union all select own.id from cases own where own.held_for = ${me} and own.status = 'waiting'
    union all ${namedTo(me)})`
}

const namedTo = (me: string) => sql`select case_id from case_mentions where moderator_id = ${me}`

/** Whether a case comes after a place in its tab's order. Times are milliseconds in it. */
function isAfter(keys: readonly Key[], [first, second, id]: QueueCursor, direction: Direction): SQL {
  const values =
    keys.length === 3 ? [sql`${first}::int`, at(second), sql`${id}::uuid`] : [at(first), sql`${id}::uuid`]
  const sides = [sql.join([...keys], sql`, `), sql.join(values, sql`, `)]
  return direction === 'up' ? sql`(${sides[0]}) > (${sides[1]})` : sql`(${sides[0]}) < (${sides[1]})`
}

const at = (ms: number) => sql`${new Date(ms).toISOString()}::timestamptz`

/** The last case's place in its tab's order: the next page begins after it. */
function keyOf(last: CasesDto['cases'][number], tab: ListCasesInput['tab']): [number, number, string] {
  switch (tab) {
    case 'held':
      return [last.held?.until ?? 0, 0, last.id]
    case 'expiring':
      return [last.muteEndsAt ?? 0, 0, last.id]
    case 'done':
      return [last.closedAt ?? 0, 0, last.id]
    case 'new':
    case 'mine':
    case 'appeals':
      return [-last.priority, last.dueAt, last.id]
    default:
      return tab satisfies never
  }
}

function narrowed(
  { connections }: Context,
  { connection, category, accused, reporter }: ListCasesInput,
): (SQL | undefined)[] {
  const keys = connection === undefined ? connections.map(({ key }) => key) : [connection]
  const inThese = sql.join(
    keys.map((key) => sql`${key}`),
    sql`, `,
  )
  return [
    connection === undefined ? undefined : eq(cases.connection, connection),
    category && eq(cases.category, category),
    accused === undefined ? undefined : eq(cases.accusedId, accused),
    reporter === undefined || keys.length === 0
      ? undefined
      : sql`${cases.id} in (select reports.case_id from reports
          where reports.connection in (${inThese}) and reports.reporter_id = ${reporter})`,
  ]
}
