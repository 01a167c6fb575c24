import { describe, expect, test } from 'vitest'
import {
  allOf,
  options,
  refusedWithoutEffect,
  seedOneOfEach,
  toleranceMs,
  typesThat,
} from './contract-group-world'
import type { GroupContractStage } from './contract-stage'
import type { ChatMessage } from './port'

/** What every adapter promises about old messages. */
export function describeHistory(stage: () => GroupContractStage): void {
  describe('history', () => {
    const count = 250
    const textsNewestFirst = Array.from({ length: count }, (_, index) => `message ${count - 1 - index}`)
    const messages = Array.from({ length: count }, (_, index) => ({
      senderId: index % 2 ? 'a' : 'b',
      text: `message ${index}`,
      secondsAgo: (count - index) * 10,
    }))

    test('of a group is read to its beginning, the newest first', async () => {
      const { provider, seedGroups, groupIdOf, violations } = stage()
      for (const type of typesThat(stage(), ({ hasHistory }) => hasHistory)) {
        const groupId = groupIdOf(type, 'talk#&%')
        await seedGroups([{ groupId, type, members: [{ userId: 'a' }, { userId: 'b' }], messages }])
        const found = await allOf((cursor) => provider.listGroupMessages({ groupId }, cursor, options))
        expectConversation(found, textsNewestFirst)
      }
      expect(await violations()).toEqual([])
    })

    test('of two accounts is read to its beginning, from either side', async () => {
      const { provider, seed, seedPeerMessages, violations } = stage()
      await seed([{ userId: 'a' }, { userId: 'b' }])
      await seedPeerMessages(
        messages.map((message) => ({ ...message, receiverId: message.senderId === 'a' ? 'b' : 'a' })),
      )
      for (const [userId, peerId] of [
        ['a', 'b'],
        ['b', 'a'],
      ] as const) {
        const pair = { userId, peerId }
        const found = await allOf((cursor) => provider.listPeerMessages(pair, cursor, options))
        expectConversation(found, textsNewestFirst)
      }
      expect(await violations()).toEqual([])
    })

    test('that is empty is an empty page and its last', async () => {
      const { provider, seed } = stage()
      await seed([{ userId: 'a' }, { userId: 'b' }])
      const types = typesThat(stage(), ({ hasHistory }) => hasHistory)
      for (const [, groupId] of await seedOneOfEach(stage(), types))
        expect(await provider.listGroupMessages({ groupId }, null, options)).toMatchObject({
          items: [],
          next: null,
        })
      const peers = await provider.listPeerMessages({ userId: 'a', peerId: 'b' }, null, options)
      expect(peers).toMatchObject({ items: [], next: null })
    })

    test('is refused where the type keeps none, and of a group that does not exist', async () => {
      const { provider, groupIdOf } = stage()
      const types = typesThat(stage(), ({ hasHistory }) => !hasHistory)
      const missing = stage().groupTypes.map((type) => groupIdOf(type, 'nowhere'))
      for (const groupId of [...(await seedOneOfEach(stage(), types)).values(), ...missing]) {
        const call = provider.listGroupMessages({ groupId }, null, options)
        await expect(call).rejects.toMatchObject(refusedWithoutEffect)
      }
    })
  })
}

function expectConversation(found: ChatMessage[], texts: string[]): void {
  expect(found.map(({ text }) => text)).toEqual(texts)
  expect(new Set(found.map(({ messageId }) => messageId)).size).toBe(texts.length)
  for (const [index, message] of found.entries()) {
    expect(message).toMatchObject({ kind: 'text', state: 'present' })
    const older = found[index + 1]
    if (older) expect(BigInt(message.seq) > BigInt(older.seq)).toBe(true)
  }
  expect([found[0]?.senderId, found[1]?.senderId]).toEqual(['a', 'b'])
  expect(Math.abs((found[0]?.sentAt ?? 0) - (Date.now() - 10_000))).toBeLessThan(5 * toleranceMs)
}
