import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Context } from '@/lib/context'
import { muteStates } from '@/lib/db/schema'
import { describeOnBothDatabases } from '@/lib/testing/fresh-db'
import { addCaseOf, addCommand, ledgerContext, ledgerNow } from '@/lib/testing/ledger-stage'
import { addActor } from '@/lib/testing/moderators'
import { inForce, isOverdue } from './ends'
import {
  endWindows,
  type LedgerFilters,
  type ListInForceInput,
  ledgerCauses,
  listInForceSchema,
  type MuteInForceDto,
} from './ledger-schemas'
import { listMutesInForce } from './list-in-force'
import { placeStates } from './matrix-states'
import { placeOf } from './place'
import { drifts, muteScopes, type ReasonCategory } from './rules'

const now = ledgerNow
const minute = 60_000
const hour = 60 * minute

type State = typeof muteStates.$inferInsert

describeOnBothDatabases('the mutes in force', (freshDb) => {
  test('lists exactly what the accounts and groups show, every mute once, down the pages and up again', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(stateArbitrary, { maxLength: 220, size: 'max', selector: refOf }),
        fc.oneof(fc.constant({}), filterArbitrary),
        async (states, wish) => {
          const context = ledgerContext(await freshDb())
          const actor = await addActor(context.db)
          const authors = [actor, await addActor(context.db), await addActor(context.db)] as const
          const commands = await Promise.all([
            addCommand(context.db, authors[0].id, 'spam'),
            addCommand(context.db, authors[1].id, 'scam', crypto.randomUUID()),
            addCommand(context.db, authors[2].id, 'hate'),
          ])
          await addCaseOf(context.db, commands[2])
          const rows = states.map((state) => rowOf(commands, state))
          if (rows.length > 0) await context.db.insert(muteStates).values(rows)
          const { author, ...rest }: Wish = wish
          const filters = { ...rest, ...(author !== undefined && { actorId: authors[author].id }) }

          const shown = await shownAtPlaces(context, states)
          const expected = shown.filter((mute) => isWanted(mute, wish))
          const down = await walk(context, actor, filters, 'next')
          expect(down.map(refOf).sort()).toEqual(expected.map(refOf).sort())
          for (const mute of down) {
            const { until, drift } = expected.find((other) => refOf(other) === refOf(mute)) ?? {}
            expect(mute).toMatchObject({ until, drift })
          }
          const ends = down.map(({ until }) => (until === 'forever' ? Number.POSITIVE_INFINITY : until))
          expect(ends).toEqual(ends.toSorted((a, b) => a - b))
          expect((await walk(context, actor, filters, 'previous')).map(refOf)).toEqual(down.map(refOf))
        },
      ),
      { numRuns: 8 },
    )
  })

  test('what was changed outside is told apart, also what is over there, in one order over the pages', async () => {
    const context = ledgerContext(await freshDb())
    const actor = await addActor(context.db)
    const read = {
      connection: 'sg',
      scope: 'one_to_one' as const,
      changedAt: now - hour,
      observedAt: now - minute,
    }
    const named = (kind: string, ends: Pick<State, 'until' | 'observedUntil' | 'observedRoles'>) =>
      Array.from({ length: 30 }, (_, index) => ({ ...read, ...ends, userId: `${kind} ${10 + index}` }))
    await context.db
      .insert(muteStates)
      .values([
        ...named('set', { until: null, observedUntil: now + 2 * hour }),
        ...named('set again', { until: now - hour, observedUntil: 'forever' }),
        ...named('lifted', { until: now + hour, observedUntil: null }),
        ...named('lifted too', { until: 'forever', observedUntil: now - 2 * minute }),
        ...named('other', { until: now + 3 * hour, observedUntil: now + 2 * hour }),
        ...named('same', { until: now + hour, observedUntil: now + hour }),
        ...named('list', { until: now + 4 * hour, observedUntil: now + 4 * hour, observedRoles: [2] }),
        ...named('over', { until: now - hour, observedUntil: null }),
      ])
    const kinds = async (filters: LedgerFilters) => {
      const down = await walk(context, actor, filters, 'next')
      expect((await walk(context, actor, filters, 'previous')).map(refOf)).toEqual(down.map(refOf))
      expect(down.length % 30).toBe(0)
      return down
        .map(({ userId }) => userId.replace(/ \d+$/, ''))
        .filter((kind, index, all) => kind !== all[index - 1])
    }
    expect(await kinds({})).toEqual(['same', 'other', 'set', 'list', 'set again'])
    expect(await kinds({ drift: 'set_outside' })).toEqual(['set', 'set again'])
    expect(await kinds({ drift: 'lifted_outside' })).toEqual(['lifted', 'lifted too'])
    expect(await kinds({ drift: 'different_end' })).toEqual(['other'])
    expect(await kinds({ drift: 'different_roles' })).toEqual(['list'])
    expect(await kinds({ drift: 'only' })).toEqual([
      'lifted',
      'other',
      'set',
      'list',
      'lifted too',
      'set again',
    ])
    expect(await kinds({ drift: 'only', ends: '1h' })).toEqual(['lifted'])
    expect(await kinds({ drift: 'only', ends: 'never' })).toEqual(['lifted too', 'set again'])
  })
})

const endArbitrary = fc.oneof(
  { arbitrary: fc.constantFrom<(number | 'forever' | null)[]>(null, 'forever', now - hour), weight: 1 },
  { arbitrary: fc.integer({ min: 1, max: 12 }).map((step) => now + step * hour), weight: 3 },
)

const stateArbitrary = fc
  .record({
    connection: fc.constantFrom('sg', 'zim'),
    userId: fc.integer({ min: 0, max: 60 }).map((id) => `u ${id}`),
    scope: fc.constantFrom(...muteScopes),
    until: endArbitrary,
    reading: fc.constantFrom('none', 'older', 'same', 'near', 'other'),
    other: endArbitrary,
    isOtherList: fc.boolean(),
    author: fc.constantFrom(null, 0, 1, 2),
  })
  .map(({ scope, userId, until, reading, other, isOtherList, author, connection }) => ({
    connection: scope === 'roles' ? 'rooms' : connection,
    userId: scope === 'everyone' || scope === 'roles' ? '' : userId,
    groupId: scope === 'one_to_one' || scope === 'all_groups' ? '' : `@TGS#${userId}`,
    topicId: scope === 'topic' ? 't' : '',
    scope,
    until,
    ...(scope === 'roles' && until !== null && { roles: [3] }),
    changedAt: now - hour,
    author,
    ...(reading !== 'none' && {
      observedAt: reading === 'older' ? now - 2 * hour : now - minute,
      observedUntil: reading === 'same' ? until : reading === 'near' ? near(until) : other,
      ...(scope === 'roles' && { observedRoles: isOtherList ? [2, 3] : [3] }),
    }),
  }))

const filterArbitrary = fc.record(
  {
    connection: fc.constant('sg'),
    scope: fc.constantFrom(...muteScopes),
    groupId: fc.constant('@TGS#u 7'),
    author: fc.constantFrom(0 as const, 1 as const, 2 as const),
    category: fc.constantFrom<ReasonCategory[]>('spam', 'scam', 'hate', 'sexual'),
    cause: fc.constantFrom(...ledgerCauses),
    ends: fc.constantFrom(...(Object.keys(endWindows) as (keyof typeof endWindows)[])),
    drift: fc.constantFrom(...(['only', ...drifts] as const)),
  },
  { requiredKeys: [] },
)

/** As providers tell it: whole seconds, counted from another moment. */
function near(until: number | 'forever' | null): number | 'forever' | null {
  return typeof until === 'number' ? until - 4_000 : until
}

function rowOf(commands: readonly string[], { author, ...state }: State & { author: number | null }): State {
  return { ...state, commandId: author === null ? null : (commands[author] ?? null) }
}

type Shown = Pick<MuteInForceDto, 'until' | 'drift'> & State & { author: number | null }

/** What the pages of the accounts and groups say of the same states. */
async function shownAtPlaces(
  context: Context,
  states: readonly (State & { author: number | null })[],
): Promise<Shown[]> {
  const found = await Promise.all(
    states.map(async (state): Promise<Shown[]> => {
      const { connection, userId, groupId = '', topicId = '' } = state
      const cells = await placeStates(context, placeOf({ connection, userId, groupId, topicId }))
      const cell = cells.find(({ scope }) => scope === state.scope)
      // One that the provider has not carried out at its end yet is ending there, and no longer in force here.
      if (cell?.drift === 'lifted_outside' && cell.ledgerUntil !== null)
        return [{ ...state, until: cell.ledgerUntil, drift: cell.drift, author: state.author }]
      if (!cell || cell.until === null) return []
      const isLate = cell.scope === 'everyone' && cell.until === state.until && isOverdue(cell, now)
      if (inForce(cell.until, now) === null && !isLate) return []
      const isLedgers = isLate || inForce(state.until ?? null, now) !== null
      const author = isLedgers ? state.author : null
      return [{ ...state, until: cell.until, drift: cell.drift, author }]
    }),
  )
  return found.flat()
}

type Wish = Omit<LedgerFilters, 'actorId'> & { author?: 0 | 1 | 2 | undefined }

function isWanted(mute: Shown, wish: Wish): boolean {
  if (wish.connection !== undefined && mute.connection !== wish.connection) return false
  if (wish.scope !== undefined && mute.scope !== wish.scope) return false
  if (wish.groupId !== undefined && mute.groupId !== wish.groupId) return false
  if (wish.author !== undefined && mute.author !== wish.author) return false
  if (wish.category !== undefined && mute.author !== ['spam', 'scam', 'hate'].indexOf(wish.category))
    return false
  if (wish.cause && mute.author !== ledgerCauses.indexOf(wish.cause)) return false
  if (wish.drift === undefined && mute.drift === 'lifted_outside') return false
  if (wish.drift === 'only' && mute.drift === null) return false
  if (wish.drift && wish.drift !== 'only' && mute.drift !== wish.drift) return false
  if (wish.ends === undefined) return true
  const seconds = endWindows[wish.ends]
  if (seconds === null) return mute.until === 'forever'
  return mute.until !== 'forever' && mute.until <= now + seconds * 1_000
}

/** All pages in one direction, in the order of the list; upwards from the last page. */
async function walk(
  context: Context,
  actor: Awaited<ReturnType<typeof addActor>>,
  filters: LedgerFilters,
  to: 'next' | 'previous',
): Promise<MuteInForceDto[]> {
  const pages: MuteInForceDto[][] = []
  let input: ListInForceInput = filters
  // Upwards from behind the last mute that there can be.
  const before = 'forever\nzzz\n~\n~\n~\ntopic'
  if (to === 'previous') input = listInForceSchema.parse({ ...filters, before })
  for (;;) {
    const page = await listMutesInForce(context, actor, input)
    pages.push(page.mutes)
    expect(page.mutes.length).toBeLessThanOrEqual(50)
    const cursor = page[to]
    if (cursor === null) return (to === 'next' ? pages : pages.reverse()).flat()
    expect(page.mutes).toHaveLength(50)
    input = listInForceSchema.parse({ ...filters, [to === 'next' ? 'after' : 'before']: cursor })
  }
}

function refOf({
  connection,
  userId,
  groupId,
  topicId,
  scope,
}: Pick<State, 'connection' | 'userId' | 'scope'> & {
  groupId?: string | null | undefined
  topicId?: string | null | undefined
}): string {
  return [connection, userId, groupId ?? '', topicId ?? '', scope].join('\n')
}
