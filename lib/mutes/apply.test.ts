import { afterEach, expect, test } from 'vitest'
import { auditEvents, muteCommands } from '@/lib/db/schema'
import { describeOnBothDatabases } from '@/lib/testing/fresh-db'
import { addActor } from '@/lib/testing/moderators'
import { type MuteWorld, muteWish, startMuteWorld } from '@/lib/testing/mute-world'
import { applyMute } from './apply'
import { readMuteMatrix } from './read-matrix'
import { maxMuteSeconds } from './rules'
import { type ApplyMuteInput, applyMuteSchema } from './schemas'

describeOnBothDatabases('muting', (freshDb) => {
  let world: MuteWorld
  afterEach(() => world.close())

  async function begin() {
    const db = await freshDb()
    world = await startMuteWorld(db)
    const actor = await addActor(db)
    const userId = await world.addAccount()
    return { db, actor, userId, control: world.emulator.control }
  }
  const auditTypes = async (db: Awaited<ReturnType<typeof freshDb>>) =>
    (await db.select().from(auditEvents).orderBy(auditEvents.seq)).map(({ type }) => type)

  test('sends the mute once, reads it back, writes who, why and until when', async () => {
    const { db, actor, userId, control } = await begin()
    const before = Date.now()
    const command = await applyMute(world.context, actor, muteWish(userId))
    expect(command).toMatchObject({
      kind: 'mute',
      status: 'applied',
      mine: true,
      failure: null,
      canUndo: true,
    })
    expect(command.verifiedAt).toBeGreaterThanOrEqual(before)

    const journal = await control.journal()
    expect(journal).toHaveLength(1)
    for (const change of [journal[0]?.changes.oneToOne, journal[0]?.changes.allGroups]) {
      expect(change?.before).toBeNull()
      expect(change?.after).toBeGreaterThan(before + 3_598_000)
      expect(change?.after).toBeLessThan(Date.now() + 3_602_000)
    }
    expect(await auditTypes(db)).toEqual(['mute.requested', 'mute.applied'])
    expect((await control.violations()).total).toBe(0)

    const matrix = await readMuteMatrix(world.context, actor, { connection: 'sg', userId })
    expect(matrix.reading).toEqual({ status: 'fresh' })
    for (const state of matrix.states) {
      expect(state).toMatchObject({ version: 1, drift: null, pending: null, cause: { id: command.id } })
      expect(state.until).toBe(command.changes[0]?.after)
    }
  })

  test('one scope leaves the other alone', async () => {
    const { actor, userId, control } = await begin()
    await applyMute(world.context, actor, muteWish(userId, { scopes: ['all_groups'] }))
    expect((await control.journal()).map(({ changes }) => Object.keys(changes))).toEqual([['allGroups']])
    expect(await control.mutes(userId)).toMatchObject({ oneToOne: null })
  })

  test('for ever stays for ever', async () => {
    const { actor, userId, control } = await begin()
    const command = await applyMute(world.context, actor, muteWish(userId, { end: { kind: 'forever' } }))
    expect(command.changes.map(({ after }) => after)).toEqual(['forever', 'forever'])
    expect(await control.mutes(userId)).toMatchObject({ oneToOne: 'forever', allGroups: 'forever' })
  })

  test('the same key with the same input is the same command, fifty times at once', async () => {
    const { db, actor, userId, control } = await begin()
    const wish = muteWish(userId)
    const commands = await Promise.all(
      Array.from({ length: 50 }, () => applyMute(world.context, actor, wish)),
    )
    expect(new Set(commands.map(({ id }) => id)).size).toBe(1)
    expect(await control.journal()).toHaveLength(1)
    expect(await db.select().from(muteCommands)).toHaveLength(1)
  })

  test('the same key with another input is refused', async () => {
    const { actor, userId, control } = await begin()
    const wish = muteWish(userId)
    await applyMute(world.context, actor, wish)
    const other = { ...wish, end: { kind: 'duration', seconds: 60 } } as const
    await expect(applyMute(world.context, actor, other)).rejects.toMatchObject({
      code: 'IDEMPOTENCY_MISMATCH',
    })
    expect(await control.journal()).toHaveLength(1)
  })

  test('of two moderators who race one wins; the other is told who and nothing is sent for it', async () => {
    const { db, actor, userId, control } = await begin()
    const colleague = await addActor(db, 'lead')
    const results = await Promise.allSettled([
      applyMute(world.context, actor, muteWish(userId, { end: { kind: 'duration', seconds: 600 } })),
      applyMute(world.context, colleague, muteWish(userId, { end: { kind: 'duration', seconds: 7_200 } })),
    ])
    const lost = results.filter((result) => result.status === 'rejected')
    expect(lost).toHaveLength(1)
    expect(['MUTE_CHANGED', 'MUTE_PENDING']).toContain(lost[0]?.reason.code)
    expect(['The moderator', 'The lead']).toContain(lost[0]?.reason.options.details.by)
    expect(await control.journal()).toHaveLength(1)
  })

  test('what was decided on an older state is refused with who changed it since', async () => {
    const { db, actor, userId, control } = await begin()
    await applyMute(world.context, await addActor(db, 'lead'), muteWish(userId))
    const late = applyMute(world.context, actor, muteWish(userId, { end: { kind: 'duration', seconds: 60 } }))
    await expect(late).rejects.toMatchObject({
      code: 'MUTE_CHANGED',
      options: { details: { by: 'The lead' } },
    })
    expect(await control.journal()).toHaveLength(1)
  })

  test('an account that does not exist is refused before anything is written', async () => {
    const { db, actor } = await begin()
    await expect(applyMute(world.context, actor, muteWish('nobody'))).rejects.toMatchObject({
      code: 'ACCOUNT_NOT_FOUND',
    })
    expect(await db.select().from(muteCommands)).toHaveLength(0)
  })

  test('a provider that cannot be reached before the command leaves nothing behind', async () => {
    const { db, actor, userId, control } = await begin()
    await control.addFaults({ kind: 'drop-before', api: 'getnospeaking', times: 'always' })
    const mute = applyMute(world.context, actor, muteWish(userId))
    await expect(mute).rejects.toMatchObject({ code: 'PROVIDER_UNREACHABLE' })
    expect(await db.select().from(muteCommands)).toHaveLength(0)
    expect(await db.select().from(auditEvents)).toHaveLength(0)
  })

  test('a refusal by the provider is the command’s outcome, with its code', async () => {
    const { db, actor, userId, control } = await begin()
    await control.addFaults({ kind: 'code', code: 60010, api: 'setnospeaking' })
    const command = await applyMute(world.context, actor, muteWish(userId))
    expect(command).toMatchObject({ status: 'rejected', failure: { kind: 'refused', providerCode: 60010 } })
    expect(await auditTypes(db)).toEqual(['mute.requested', 'mute.rejected'])
    const again = await applyMute(world.context, actor, muteWish(userId))
    expect(again.status).toBe('applied')
  })

  test.each(['drop-after', 'truncated', 'empty', 'huge', 'wrong-types', 'html'] as const)(
    'an answer that is lost (%s) is unknown, neither done nor failed',
    async (kind) => {
      const { db, actor, userId, control } = await begin()
      await control.addFaults(
        kind === 'html' ? { kind, applies: true, api: 'setnospeaking' } : { kind, api: 'setnospeaking' },
      )
      const command = await applyMute(world.context, actor, muteWish(userId))
      expect(command).toMatchObject({ status: 'unknown', canUndo: false })
      expect(await auditTypes(db)).toEqual(['mute.requested', 'mute.unknown'])
      const { states } = await readMuteMatrix(world.context, actor, { connection: 'sg', userId })
      expect(states.map(({ pending, drift }) => ({ pending: pending?.id, drift }))).toEqual([
        { pending: command.id, drift: null },
        { pending: command.id, drift: null },
      ])
      await expect(applyMute(world.context, actor, muteWish(userId))).rejects.toMatchObject({
        code: 'MUTE_PENDING',
      })
    },
  )

  test.each([
    ['viewer', { kind: 'duration', seconds: 60 }],
    ['support', { kind: 'forever' }],
  ] as const)('a %s may not mute with %o', async (role, end) => {
    const { db, userId, control } = await begin()
    const mute = applyMute(world.context, await addActor(db, role), muteWish(userId, { end }))
    await expect(mute).rejects.toMatchObject({ code: 'FORBIDDEN' })
    expect(await control.calls()).toHaveLength(0)
  })

  test('an end that has passed, is beyond the maximum or holds already is refused at its field', async () => {
    const { actor, userId } = await begin()
    const attempt = (end: ApplyMuteInput['end']) => applyMute(world.context, actor, muteWish(userId, { end }))
    const at = (field: string) => ({ code: 'INVALID_INPUT', options: { fields: { end: field } } })
    await expect(attempt({ kind: 'at', at: Date.now() - 1 })).rejects.toMatchObject(at('in_past'))
    const beyond = Date.now() + (maxMuteSeconds + 60) * 1_000
    await expect(attempt({ kind: 'at', at: beyond })).rejects.toMatchObject(at('beyond_maximum'))
    await world.emulator.control.putMutes({ account: userId, oneToOne: 'forever', allGroups: 'forever' })
    await expect(attempt({ kind: 'forever' })).rejects.toMatchObject(at('already_so'))
  })
})

test.each([
  ['a duration of nothing', { end: { kind: 'duration', seconds: 0 } }, 'end.seconds', 'not_positive'],
  ['a negative duration', { end: { kind: 'duration', seconds: -5 } }, 'end.seconds', 'not_positive'],
  [
    'what Tencent reads as for ever',
    { end: { kind: 'duration', seconds: 4294967295 } },
    'end.seconds',
    'beyond_maximum',
  ],
  ['a part of a second', { end: { kind: 'duration', seconds: 1.5 } }, 'end.seconds', 'invalid'],
  ['an empty reason', { reason: { category: 'spam', text: '  ' } }, 'reason.text', 'required'],
  [
    '10 MB of reason',
    { reason: { category: 'spam', text: 'x'.repeat(10_000_000) } },
    'reason.text',
    'too_long',
  ],
  [
    'control characters',
    { reason: { category: 'spam', text: 'a\u0000b' } },
    'reason.text',
    'control_characters',
  ],
  ['an id over 32 bytes', { userId: 'x'.repeat(33) }, 'userId', 'too_many_bytes'],
  ['an id that is not ASCII', { userId: '小明' }, 'userId', 'not_printable_ascii'],
  ['a connection key that cannot be one', { connection: '../etc' }, 'connection', 'invalid'],
  ['no scope', { scopes: [] }, 'scopes', 'required'],
  ['a scope twice', { scopes: ['one_to_one', 'one_to_one'] }, 'scopes', 'duplicate'],
  ['a field too many', { actorId: 'me' }, '', 'Unrecognized key: "actorId"'],
])('%s is refused by the schema', (_name, wrong, path, message) => {
  const parsed = applyMuteSchema.safeParse({ ...muteWish('lin88'), ...wrong })
  expect(parsed.error?.issues.map((issue) => [issue.path.join('.'), issue.message])).toContainEqual([
    path,
    message,
  ])
})
