import { beforeEach, describe, expect, test } from 'vitest'
import type { ContractStage } from './contract-stage'
import type { CallOptions } from './port'

const options: CallOptions = { priority: 'interactive' }

/** What every adapter promises about writing to people. */
export function describeMessages(stage: () => ContractStage): void {
  describe('messages to one account', () => {
    beforeEach(() => stage().seed([{ userId: 'a' }]))

    test('arrive as they are, in the name of the app, each time anew', async () => {
      const { provider, deliveries, noticeSender, violations } = stage()
      const text = '你被禁言了\n<b>not</b> "markup" \u202e \u{1f600}'
      await provider.sendMessage('a', text, options)
      await provider.sendMessage('a', text, options)
      const sent = { from: noticeSender, to: 'a', text }
      expect(await deliveries()).toEqual([sent, sent])
      expect(await violations()).toEqual([])
    })

    test('may be as long as the capabilities say, in bytes, and no longer', async () => {
      const { provider, deliveries, countCalls, violations } = stage()
      const { maxMessageBytes } = provider.capabilities
      const longest = `${'a'.repeat(maxMessageBytes % 3)}${'你'.repeat(Math.floor(maxMessageBytes / 3))}`
      await provider.sendMessage('a', longest, options)
      expect((await deliveries()).map(({ text }) => text)).toEqual([longest])
      for (const text of ['', `${longest}a`])
        await expect(provider.sendMessage('a', text, options)).rejects.toThrow(RangeError)
      expect(await countCalls()).toBe(1)
      expect(await violations()).toEqual([])
    })

    test('to an account that does not exist are refused without effect', async () => {
      const { provider, deliveries } = stage()
      const call = provider.sendMessage('nobody', 'Hello', options)
      await expect(call).rejects.toMatchObject({ kind: 'refused', options: { effect: 'none' } })
      expect(await deliveries()).toEqual([])
    })

    test('whose answer is lost are left unknown and not sent again', async () => {
      const { provider, fail, deliveries, countCalls } = stage()
      await fail('dropped_after_applying')
      const call = provider.sendMessage('a', 'Hello', options)
      await expect(call).rejects.toMatchObject({ kind: 'disconnected', options: { effect: 'unknown' } })
      expect([await countCalls(), (await deliveries()).length]).toEqual([1, 1])
    })

    test('over the limit are sent again, and arrive once', async () => {
      const { provider, fail, deliveries, countCalls } = stage()
      await fail('over_limit')
      await provider.sendMessage('a', 'Hello', options)
      expect([await countCalls(), (await deliveries()).length]).toEqual([2, 1])
    })
  })
}
