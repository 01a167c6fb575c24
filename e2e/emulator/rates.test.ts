import { afterEach, describe, expect, it } from 'vitest'
import { createRates } from './rates'
import type { ApiName } from './schemas'
import { type Emulator, startEmulator } from './start'
import { callProvider } from './testing/call-provider'

describe('createRates', () => {
  it('slides: a burst at the end of one second takes room in the next', () => {
    let now = 900
    const rates = createRates(() => now)
    expect([1, 2, 3].map(() => rates.admit('a', 3))).toEqual([true, true, true])
    now = 1_100
    expect(rates.admit('a', 3)).toBe(false)
    now = 1_899
    expect(rates.admit('a', 3)).toBe(false)
    now = 1_900
    expect(rates.admit('a', 3)).toBe(true)
  })

  it('keeps keys apart, and counts refused calls in the peak but not in the window', () => {
    let now = 0
    const rates = createRates(() => now)
    for (const expected of [true, false, false]) expect(rates.admit('a', 1)).toBe(expected)
    expect(rates.admit('b', 1)).toBe(true)
    now = 1_000
    expect(rates.admit('a', 1)).toBe(true)
    expect(rates.figures()).toEqual([
      { key: 'a', limitPerSecond: 1, received: 4, overLimit: 2, peakPerSecond: 3 },
      { key: 'b', limitPerSecond: 1, received: 1, overLimit: 0, peakPerSecond: 1 },
    ])
  })
})

describe('the provider limits', () => {
  let now = 0
  let emulator: Emulator
  afterEach(() => emulator.close())

  async function burst(api: ApiName, body: object, count: number) {
    const answers: unknown[] = []
    for (let sent = 0; sent < count; sent += 1) {
      answers.push((await callProvider(emulator.url, api, body)).json)
    }
    return answers
  }

  it.each([
    ['getnospeaking', { Get_Account: 'alice' }, 200],
    ['account_check', { CheckItem: [{ UserID: 'alice' }] }, 100],
    ['get_appid_group_list', {}, 1],
  ] as const)('%s takes its limit in a second and answers 60007 to the rest', async (api, body, limit) => {
    now = 0
    emulator = await startEmulator({ data: 'lifelike', monotonicNow: () => now })
    const answers = await burst(api, body, limit + 2)
    expect(answers.slice(0, limit)).toEqual(
      Array.from({ length: limit }, () => expect.objectContaining({ ErrorCode: 0 })),
    )
    expect(answers.slice(limit)).toEqual([
      expect.objectContaining({ ErrorCode: 60007 }),
      expect.objectContaining({ ErrorCode: 60007 }),
    ])
    expect(await emulator.control.stats()).toEqual({
      overLimit: 2,
      apis: [
        {
          appId: 1400000000,
          api,
          limitPerSecond: limit,
          received: limit + 2,
          overLimit: 2,
          peakPerSecond: limit + 2,
        },
      ],
    })
    expect((await emulator.control.violations()).counts).toEqual({ 'over-limit': 2 })
  })

  it('are not moved by the advanced clock, and can be bought up', async () => {
    now = 0
    const app = {
      appId: 1400000000,
      secretKey: 'k',
      admins: ['administrator'],
      limits: { getnospeaking: 2 },
    }
    emulator = await startEmulator({ apps: [app], monotonicNow: () => now })
    await emulator.control.seed({ accounts: [{ id: 'alice' }] })
    const ask = async () =>
      (await callProvider(emulator.url, 'getnospeaking', { Get_Account: 'alice' }, { secretKey: 'k' })).json
    await ask()
    await ask()
    await emulator.control.advanceClock(3600)
    expect(await ask()).toMatchObject({ ErrorCode: 60007 })
    now = 1_000
    expect(await ask()).toMatchObject({ ErrorCode: 0 })
  })
})
