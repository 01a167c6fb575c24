import { afterEach, describe, expect, it, test } from 'vitest'
import { describeOnBothDatabases } from '@/lib/testing/fresh-db'
import { addActor } from '@/lib/testing/moderators'
import { type MuteWorld, startMuteWorld } from '@/lib/testing/mute-world'
import { checkMuteStates } from './check-states'
import { accountRef, maxCheckedAccounts } from './rules'
import { checkMutesSchema } from './schemas'

describeOnBothDatabases('checkMuteStates', (freshDb) => {
  let world: MuteWorld
  afterEach(() => world.close())

  test('reads accounts that were never read', async () => {
    const db = await freshDb()
    world = await startMuteWorld(db)
    const viewer = await addActor(db, 'viewer')
    const muted = await world.addAccount({ oneToOne: 'forever', allGroups: 60 })
    const free = await world.addAccount()
    const accounts = [muted, free].map((userId) => ({ connection: 'sg', userId }))
    const { states } = await checkMuteStates(world.context, viewer, { accounts })
    const shown = Object.entries(states).map(([ref, cells]) => [
      ref,
      cells.map(({ until, checkedAt }) => [typeof until, checkedAt !== null]),
    ])
    expect(shown).toEqual([
      [
        `sg/${muted}`,
        [
          ['string', true],
          ['number', true],
        ],
      ],
      [
        `sg/${free}`,
        [
          ['object', true],
          ['object', true],
        ],
      ],
    ])
  })

  test('tells an unknown connection', async () => {
    const db = await freshDb()
    world = await startMuteWorld(db)
    const viewer = await addActor(db, 'viewer')
    await expect(
      checkMuteStates(world.context, viewer, { accounts: [{ connection: 'xx', userId: 'u' }] }),
    ).rejects.toMatchObject({ code: 'UNKNOWN_CONNECTION' })
  })
})

describe('what can be checked', () => {
  const accounts = (count: number) =>
    Array.from({ length: count }, (_, index) => ({ connection: 'sg', userId: `a/b #${index}` }))
  const read = (text: string) => checkMutesSchema.safeParse({ accounts: text })

  it('is a list of accounts, slashes and spaces in their ids', () => {
    const asked = accounts(maxCheckedAccounts)
    expect(read(asked.map(accountRef).join('\n')).data).toEqual({ accounts: asked })
  })

  it.each(['', 'sg', '/u', 'sg/', 'SG/u', `sg/${'x'.repeat(33)}`, accounts(26).map(accountRef).join('\n')])(
    'is not %j',
    (text) => {
      expect(read(text).success).toBe(false)
    },
  )
})
