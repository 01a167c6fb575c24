import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Db } from '@/lib/db'
import { accountLinks } from '@/lib/db/schema'
import { accountRef } from '@/lib/mutes/rules'
import { describeOnBothDatabases } from '@/lib/testing/fresh-db'
import { addActor } from '@/lib/testing/moderators'
import { countLinked, linkedWith } from './linked'
import { reachOf } from './reach'
import { maxLinked } from './rules'
import type { AccountKey } from './schemas'

const at = (userId: string, connection = 'sg'): AccountKey => ({ connection, userId })

describeOnBothDatabases('linked accounts', (freshDb) => {
  test('reach just whom a union of the pairs does', async () => {
    const db = await freshDb()
    const ann = await addActor(db, 'support')
    const pair = fc.tuple(fc.nat(9), fc.nat(9), fc.boolean()).filter(([a, b]) => a !== b)
    await fc.assert(
      fc.asyncProperty(fc.array(pair, { maxLength: 14 }), async (pairs) => {
        await db.delete(accountLinks)
        const holding = await insertPairs(db, ann.id, pairs)
        for (let node = 0; node < 10; node += 1) {
          const expected = unionOf(holding, node)
          const found = await linkedWith(db, keyOf(node))
          expect(found.map(({ userId }) => userId).sort()).toEqual(
            expected.map((n) => keyOf(n).userId).sort(),
          )
          expect(await db.transaction((tx) => countLinked(tx, keyOf(node)))).toBe(expected.length)
          for (const { way, through } of found) {
            expect(way.length === 1).toBe(through === null)
            expect(through === null || found.some(({ userId }) => userId === through.userId)).toBe(true)
          }
        }
      }),
      { numRuns: 12 },
    )
  })
})

/** Every third account is of another connection; ids whose order is not that of their connections. */
const keyOf = (node: number): AccountKey => at(`${'zyxwvutsrq'[node]}_${node}`, node % 3 === 0 ? 'zim' : 'sg')

/** Puts the pairs into the table as `linkAccounts` would; those that are marked were taken back. Gives those that hold. */
async function insertPairs(db: Db, by: string, pairs: readonly [number, number, boolean][]) {
  const holding = new Map<string, [number, number]>()
  for (const [a, b, isRemoved] of pairs) {
    const [first, second] = [keyOf(a), keyOf(b)].sort((x, y) => (sortKey(x) < sortKey(y) ? -1 : 1))
    if (!first || !second) continue
    const isNew = !isRemoved && !holding.has(`${accountRef(first)} ${accountRef(second)}`)
    if (!isNew && !isRemoved) continue
    if (isNew) holding.set(`${accountRef(first)} ${accountRef(second)}`, [a, b])
    await db.insert(accountLinks).values({
      ...{ id: crypto.randomUUID(), ...first, reason: 'said so', linkedBy: by },
      ...{ otherConnection: second.connection, otherUserId: second.userId },
      ...(isRemoved && { removedAt: Date.now(), removedBy: by }),
    })
  }
  return [...holding.values()]
}

const sortKey = ({ connection, userId }: AccountKey) => `${connection}\n${userId}`

/** Whom a node is with after its pairs were joined one by one, without itself. */
function unionOf(pairs: readonly [number, number][], node: number): number[] {
  const group = Array.from({ length: 10 }, (_, index) => index)
  for (const [a, b] of pairs) {
    const [from, to] = [group[a], group[b]]
    for (const [index, of] of group.entries()) if (of === from) group[index] = to ?? index
  }
  return group.flatMap((of, index) => (of === group[node] && index !== node ? [index] : []))
}

describe('the way to a linked account', () => {
  test('is the shortest, and ends after twenty', () => {
    const link = (a: string, b: string) => ({
      id: `${a}${b}`,
      accounts: [at(a), at(b)] as [AccountKey, AccountKey],
      ...{ reason: '', byId: '', by: '', linkedAt: 0 },
    })
    const ring = [link('a', 'b'), link('b', 'c'), link('c', 'd'), link('d', 'a')]
    expect(reachOf(at('a'), ring).map(({ userId, way }) => [userId, way.map(({ id }) => id)])).toEqual([
      ['b', ['ab']],
      ['d', ['da']],
      ['c', ['ab', 'bc']],
    ])
    const chain = Array.from({ length: 30 }, (_, index) => link(`n${index}`, `n${index + 1}`))
    expect(reachOf(at('n0'), chain)).toHaveLength(maxLinked)
  })
})
