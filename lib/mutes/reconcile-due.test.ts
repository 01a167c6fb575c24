import { eq, sql } from 'drizzle-orm'
import { expect, it, onTestFinished } from 'vitest'
import type { Db } from '@/lib/db'
import { auditEvents, muteRounds, muteStates } from '@/lib/db/schema'
import { databaseNow } from '@/lib/db/schema/columns'
import { describeOnBothDatabases } from '@/lib/testing/fresh-db'
import { place, startGroupMutesStage } from '@/lib/testing/group-mutes-stage'
import { addActor } from '@/lib/testing/moderators'
import { type MuteWorld, muteWish, roomWish, startMuteWorld } from '@/lib/testing/mute-world'
import { applyMute } from './apply'
import { listMutesInForce } from './list-in-force'
import { callsPerRound, reconcileDueMutes } from './reconcile-due'
import type { ApplyMuteInput } from './schemas'

describeOnBothDatabases('comparing the ledger with the providers', (freshDb) => {
  async function stage() {
    const stage = await startGroupMutesStage(await freshDb())
    onTestFinished(async () => {
      expect((await stage.control.violations()).list).toEqual([])
      await stage.world.close()
    })
    const { world, db, actor } = stage
    const mute = (userId: string, wish?: Partial<ApplyMuteInput>) =>
      applyMute(world.context, actor, muteWish(userId, wish))
    const inGroup = { groupId: place.group, scopes: ['group' as const] }
    return { ...stage, ...readsOf(world, db), mute, inGroup }
  }

  it('finds what was set, lifted and changed elsewhere, in groups also of those whom the ledger does not know', async () => {
    const { db, world, actor, control, age, round, mute, inGroup } = await stage()
    for (const userId of ['amy', 'bob', 'eve']) await mute(userId)
    await mute('amy', inGroup)
    await mute('', { userId: undefined, groupId: place.community, topicId: place.news, scopes: ['everyone'] })
    await control.putMutes({ account: 'amy', oneToOne: null })
    await control.putMutes({ account: 'bob', allGroups: 'forever' })
    await control.putGroup({
      group: place.group,
      members: [
        { id: 'amy', muted: null },
        { id: 'bob', muted: 600 },
      ],
    })
    await age('25 hours')
    expect(await round()).toBe(5)

    const states = await db.select().from(muteStates)
    const word = (userId: string, scope: string) =>
      states.find((state) => state.userId === userId && state.scope === scope)?.observedUntil
    expect(word('amy', 'one_to_one')).toBeNull()
    expect(word('bob', 'all_groups')).toBe('forever')
    expect(word('amy', 'group')).toBeNull()
    expect(word('bob', 'group')).toEqual(expect.any(Number))
    expect(states.filter(({ scope, userId }) => scope === 'group' && userId === 'lin')).toEqual([])
    const { mutes } = await listMutesInForce(world.context, actor, { drift: 'only' })
    expect(mutes.map(({ userId, scope, drift }) => [userId, scope, drift])).toEqual(
      expect.arrayContaining([
        ['bob', 'group', 'set_outside'],
        ['bob', 'all_groups', 'different_end'],
      ]),
    )
    // Only a person decides which side is right.
    expect((await control.journal()).filter(({ source }) => source === 'api')).toHaveLength(5)
  })

  it('looks first at what changed last, then at what was looked at longest ago, and at nothing before its time', async () => {
    const { db, age, round, mute, asked } = await stage()
    await mute('amy', { scopes: ['one_to_one'] })
    await mute('bob', { scopes: ['all_groups'] })
    for (const userId of ['eve', 'lin']) await mute(userId)
    await age('25 hours', 'amy')
    await age('30 hours', 'bob')
    await age('40 minutes', 'eve')
    await age('20 minutes', 'lin')
    const before = await asked()
    expect(await round()).toBe(4)
    expect((await asked()).slice(before.length)).toEqual(['lin', 'eve', 'bob', 'amy'])
    expect(await round()).toBe(0)
    // Not an hour old: again after five minutes. Older: again after a day.
    await db.update(muteStates).set({ observedAt: sql`${databaseNow} - interval '6 minutes'` })
    expect(await round()).toBe(2)
    expect((await asked()).slice(-2)).toEqual(['lin', 'eve'])
  })

  it('looks at each once more after its end, and then no longer', async () => {
    const { db, age, round, mute } = await stage()
    await mute('amy')
    await age('25 hours')
    await db.update(muteStates).set({ until: sql`${databaseNow} - interval '2 hours'`, observedUntil: null })
    expect(await round()).toBe(1)
    await age('90 minutes')
    expect(await round()).toBe(0)
  })

  it('makes so many calls and no more in a round, of which some are left for what did not change lately', async () => {
    const { db, control, round, asked } = await stage()
    const ids = (kind: string) => Array.from({ length: callsPerRound }, (_, index) => `${kind}-${index}`)
    const accounts = [...ids('old'), ...ids('fresh')].map((id) => ({ id, oneToOne: 'forever' as const }))
    await control.seed({ accounts })
    const long = Date.now() - 30 * 3_600_000
    await db.insert(muteStates).values(
      accounts.map(({ id }) => ({
        connection: 'sg',
        userId: id,
        scope: 'one_to_one' as const,
        until: 'forever' as const,
        observedUntil: 'forever' as const,
        observedAt: long,
        changedAt: id.startsWith('old') ? long : Date.now(),
      })),
    )
    const calls = await round()
    const first = await asked()
    expect(first).toHaveLength(calls)
    expect(calls).toBeLessThanOrEqual(callsPerRound)
    expect(first.filter((userId) => userId.startsWith('old')).length).toBeGreaterThan(30)
    // Not before the minute is over; then it goes on with the others.
    expect(await round({ isNextMinute: false })).toBe(0)
    const more = await round()
    expect(new Set(await asked()).size).toBe(calls + more)
  })

  it('is done by one of several instances', async () => {
    const { world, age, mute, asked } = await stage()
    for (const userId of ['amy', 'bob']) await mute(userId)
    await age('25 hours')
    const before = await asked()
    const rounds = await Promise.all([reconcileDueMutes(world.context), reconcileDueMutes(world.context)])
    expect(rounds.sort()).toEqual([0, 2])
    expect((await asked()).length - before.length).toBe(2)
  })

  it.each([
    ['does not answer', { kind: 'html', times: 'always' }],
    ['refuses everything', { kind: 'code', code: 60010, times: 'always' }],
  ] as const)('a provider that %s ends the round, and the next one goes on there', async (_, fault) => {
    const { db, age, round, mute, control, asked } = await stage()
    for (const userId of ['amy', 'bob']) await mute(userId)
    await age('25 hours')
    const kept = await db.select().from(muteStates)
    const before = await asked()
    await control.addFaults(fault)
    expect(await round()).toBe(0)
    expect(new Set((await asked()).slice(before.length)).size).toBe(1)
    expect(await db.select().from(muteStates)).toEqual(kept)
  })

  it('one place that is refused keeps none of the others waiting', async () => {
    const { db, age, round, mute, control } = await stage()
    for (const userId of ['amy', 'bob']) await mute(userId)
    await age('25 hours', 'bob')
    await age('30 hours', 'amy')
    await control.addFaults({ kind: 'code', code: 40003, api: 'getnospeaking', times: 1 })
    expect(await round()).toBe(3)
    const [amy] = await db.select().from(muteStates).where(eq(muteStates.userId, 'amy'))
    expect(amy).toMatchObject({ reconciledAt: expect.any(Number), observedUntil: expect.any(Number) })
    expect(await round()).toBe(0)
  })

  it('with a group its mutes are gone from the ledger, with a word in the audit', async () => {
    const { db, age, round, mute, control, inGroup } = await stage()
    await mute('amy', inGroup)
    const news = { userId: undefined, groupId: place.community, topicId: place.news }
    await mute('', { ...news, scopes: ['everyone'], end: { kind: 'forever' } })
    await age('25 hours')
    for (const group of [place.group, place.community]) await control.dissolveGroup(group)
    await round()
    expect((await db.select().from(muteStates)).map(({ holdsUntil }) => holdsUntil)).toEqual([null, null])
    const events = (await db.select().from(auditEvents).orderBy(auditEvents.seq)).slice(-2)
    expect(events.map(({ type, actorName, userId }) => [type, actorName, userId])).toEqual([
      ['mute.drift_accepted', 'system', 'amy'],
      ['mute.drift_accepted', 'system', null],
    ])
    await age('25 hours')
    expect(await round()).toBe(0)
  })

  it('leaves alone what the provider cannot tell, and reads the rest of that provider', async () => {
    const db = await freshDb()
    const world = await startMuteWorld(db)
    onTestFinished(() => world.close())
    const actor = await addActor(db)
    const { age, round } = readsOf(world, db)
    await world.addRoom('room', 'lin', 'amy')
    await applyMute(world.context, actor, roomWish('room', 'amy'))
    await applyMute(world.context, actor, roomWish('room', '', { userId: undefined, scopes: ['everyone'] }))
    await world.addRoom('hall', 'lin')
    const roles = { userId: undefined, scopes: ['roles' as const], roles: [2, 3] }
    await applyMute(world.context, actor, roomWish('hall', '', roles))
    const { control } = world.emulator
    await control.putZegoGroup({ group: 'room', everyone: null })
    await control.putZegoGroup({ group: 'hall', roles: { roles: [3], muted: 'forever' } })
    await age('25 hours')
    expect(await round()).toBe(2)
    const states = await db
      .select()
      .from(muteStates)
      .orderBy(muteStates.userId, muteStates.groupId, muteStates.scope)
    expect(states).toMatchObject([
      { groupId: 'hall', scope: 'everyone', holdsUntil: null },
      { groupId: 'hall', scope: 'roles', roles: [2, 3], holdsUntil: 'forever', holdsRoles: [3] },
      { groupId: 'room', scope: 'everyone', until: expect.any(Number), holdsUntil: null },
      { groupId: 'room', scope: 'roles', holdsUntil: null },
      { userId: 'amy', observedAt: null, holdsUntil: expect.any(Number) },
    ])
  })
})

function readsOf(world: MuteWorld, db: Db) {
  return {
    /** One round; unless told otherwise a minute after the last one. */
    async round({ isNextMinute = true } = {}) {
      if (isNextMinute) await db.delete(muteRounds)
      return reconcileDueMutes(world.context)
    },
    /** As if the ledger had changed and been read so long ago. */
    age: (interval: string, userId?: string) => {
      const past = sql`${databaseNow} - ${interval}::interval`
      return db
        .update(muteStates)
        .set({
          changedAt: past,
          observedAt: sql`case when ${muteStates.observedAt} is not null then ${past} end`,
          reconciledAt: null,
        })
        .where(userId === undefined ? undefined : eq(muteStates.userId, userId))
    },
    /** The accounts whose global mutes the provider was asked for, in order. */
    asked: async () =>
      (await world.emulator.control.calls())
        .filter(({ api }) => api === 'getnospeaking')
        .flatMap(({ accounts }) => accounts),
  }
}
