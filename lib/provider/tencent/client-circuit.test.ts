import { afterEach, describe, expect, test, vi } from 'vitest'
import { errorOf, interactive, stage, write } from './stage'

afterEach(() => {
  vi.useRealTimers()
})

describe('the circuit', () => {
  test('opens after five failures in a row, spends no permit then, and tries again after 10 s', async () => {
    vi.useFakeTimers({ toFake: ['Date'] })
    let healthy = false
    const { client, requests, permits } = await stage((_, response) => {
      response.end(healthy ? '{"ErrorCode":0}' : '<html>')
    })
    for (let n = 0; n < 5; n += 1)
      expect((await errorOf(client.call(write, interactive))).kind).toBe('malformed')

    vi.setSystemTime(Date.now() + 9_999)
    const open = await errorOf(client.call(write, interactive))
    expect([open.kind, open.options.effect]).toEqual(['circuit_open', 'none'])
    expect([requests.length, permits.length]).toEqual([5, 5])

    vi.setSystemTime(Date.now() + 1)
    expect((await errorOf(client.call(write, interactive))).kind).toBe('malformed')
    expect((await errorOf(client.call(write, interactive))).kind).toBe('circuit_open')

    vi.setSystemTime(Date.now() + 10_000)
    healthy = true
    await client.call(write, interactive)
    await client.call(write, interactive)
    expect(requests).toHaveLength(8)
  })

  test('stays closed when callers give up, however often', async () => {
    const leaving: AbortController[] = []
    const { client } = await stage((_, response, index) => {
      if (index < 6) leaving[index]?.abort()
      else response.end('{"ErrorCode":0}')
    })
    for (let n = 0; n < 6; n += 1) {
      const controller = new AbortController()
      leaving.push(controller)
      const error = await errorOf(client.call(write, { ...interactive, signal: controller.signal }))
      expect(error.kind).toBe('disconnected')
    }
    await client.call(write, interactive)
  })

  test('stays closed through any number of refusals, which also end a row of failures', async () => {
    const { client, requests } = await stage((_, response, index) => {
      response.end(index % 5 === 4 ? '{"ErrorCode":70107}' : '<html>')
    })
    for (let n = 0; n < 20; n += 1) {
      expect((await errorOf(client.call(write, interactive))).kind).toBe(
        n % 5 === 4 ? 'refused' : 'malformed',
      )
    }
    expect(requests).toHaveLength(20)
  })
})
