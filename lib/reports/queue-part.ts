import 'server-only'
import { and, asc, desc, eq, type SQL, sql } from 'drizzle-orm'
import type { Context } from '@/lib/context'
import { cases } from '@/lib/db/schema'
import { caseColumns, caseDto, withNames } from './case-dto'
import type { CaseDto, ListCasesInput, QueueCursor } from './case-schemas'
import { endingOrder, endingPage } from './expiring'
import { inOrder, isAppealed, isClosed, isHeld, isUnclaimed } from './queue-order'

/** Which cases of a tab: those after a place of its order, those up to one with the nearest first, or a single one. */
export type Part =
  | { kind: 'after'; place: QueueCursor | undefined; limit: number }
  | { kind: 'upTo'; place: QueueCursor; limit: number }
  | { kind: 'one'; caseId: string }

type Filters = Omit<ListCasesInput, 'after'>

/** A part of a tab, narrowed to exact ids, as `me` is told of it at `now` (epoch ms). In one statement. */
export async function queuePart(
  context: Context,
  me: string,
  { tab, ...filters }: Filters,
  part: Part,
  now = context.clock.now(),
): Promise<CaseDto[]> {
  const found = await (tab === 'expiring'
    ? partOfExpiring(context, filters, part, now)
    : partOfTab(context, me, filters, part, tabOf(tab, me)))
  return found.map(({ endsAt, ...named }) => ({ ...caseDto(named, me, now), muteEndsAt: endsAt }))
}

type Tab = { isIn: SQL; keys: readonly Key[]; direction: Direction }

async function partOfTab(
  context: Context,
  me: string,
  filters: Omit<Filters, 'tab'>,
  part: Part,
  { isIn, keys, direction }: Tab,
) {
  const columns = { ...caseColumns, isNamed: sql<boolean>`${cases.id} in (${namedTo(me)})` }
  const rows = await withNames(context.db.select(columns).from(cases).$dynamic())
    .where(and(isIn, isOfPart(keys, part, direction), ...narrowed(context, filters)))
    .orderBy(...keys.map((key) => (isUpward(part, direction) ? asc(key) : desc(key))))
    .limit(limitOf(part))
  return rows.map((row) => ({ ...row, endsAt: null as number | null }))
}

async function partOfExpiring(context: Context, filters: Omit<Filters, 'tab'>, part: Part, now: number) {
  const wanted = and(
    isOfPart(endingOrder, part, 'up'),
    // So that its account alone is looked at, and not all whose mutes end.
    part.kind === 'one'
      ? sql`(ending.connection, ending.user_id) = (
          select own.connection, own.accused_id from cases as own where own.id = ${part.caseId})`
      : undefined,
    filters.accused === undefined ? undefined : sql`ending.user_id = ${filters.accused}`,
    filters.connection === undefined ? undefined : sql`ending.connection = ${filters.connection}`,
    ...narrowed(context, filters),
  )
  const order = isUpward(part, 'up') ? asc : desc
  const page = endingPage(context.db, now, wanted, order, limitOf(part))
  return withNames(
    context.db
      .select({ ...caseColumns, endsAt: page.endsAt })
      .from(page)
      .innerJoin(cases, eq(cases.id, page.id))
      .$dynamic(),
  ).orderBy(order(page.endsAt), order(cases.id))
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

const limitOf = (part: Part) => (part.kind === 'one' ? 1 : part.limit)

/** Whether the keys rise from row to row: what lies before a place is walked against the tab's order. */
const isUpward = ({ kind }: Part, direction: Direction) => (direction === 'up') !== (kind === 'upTo')

function isOfPart(keys: readonly Key[], part: Part, direction: Direction): SQL | undefined {
  if (part.kind === 'one') return eq(cases.id, part.caseId)
  if (!part.place) return
  const [first, second, id] = part.place
  // Times are milliseconds in it.
  const values =
    keys.length === 3
      ? [sql`${within(first, maxInt)}::int`, at(second), sql`${id}::uuid`]
      : [at(first), sql`${id}::uuid`]
  const [row, place] = [sql.join([...keys], sql`, `), sql.join(values, sql`, `)]
  const comparison = sql.raw(`${isUpward(part, direction) ? '>' : '<'}${part.kind === 'upTo' ? '=' : ''}`)
  return sql`(${row}) ${comparison} (${place})`
}

/** What stands in an address may be any number: one beyond what can be is the end of the order. */
const within = (value: number, most: number) => Math.max(-most, Math.min(most, value))
const maxInt = 2_147_483_647
/** The last millisecond of the year 9999. */
const maxMs = 253_402_300_799_999

const at = (ms: number) => sql`${new Date(Math.max(0, within(ms, maxMs))).toISOString()}::timestamptz`

function narrowed(
  { connections }: Context,
  { connection, category, accused, reporter }: Omit<Filters, 'tab'>,
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
