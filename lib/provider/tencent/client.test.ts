import { afterEach, describe, expect, test, vi } from 'vitest'
import type { Throttle } from '../caller'
import {
  answer,
  clientOf,
  connection,
  errorOf,
  type Handler,
  interactive,
  type Permit,
  read,
  stage,
  write,
} from './stage'

afterEach(() => {
  vi.useRealTimers()
})

describe('a request', () => {
  test('is a JSON POST with the documented query, signed and drawn anew', async () => {
    const { client, requests } = await stage(answer({ ErrorCode: 0 }))
    await client.call(write, interactive)
    await client.call(write, interactive)
    const [first, second] = requests.map(({ url }) => url.searchParams)
    expect(requests[0]?.url.pathname).toBe('/v4/openconfigsvr/setnospeaking')
    expect(requests[0]?.body).toBe('{"Set_Account":"a"}')
    expect([...(first?.keys() ?? [])]).toEqual(['sdkappid', 'identifier', 'usersig', 'random', 'contenttype'])
    expect(first?.get('sdkappid')).toBe('1400000000')
    expect(first?.get('identifier')).toBe('admin #1&x=y')
    expect(first?.get('contenttype')).toBe('json')
    expect(Number(first?.get('random'))).toBeLessThan(2 ** 32)
    expect(first?.get('random')).not.toBe(second?.get('random'))
    expect(first?.get('usersig')).toBe(second?.get('usersig'))
  })

  test('goes below the path of an endpoint that has one', async () => {
    const { endpoint, requests } = await stage(answer({ ErrorCode: 0 }))
    await clientOf(`${endpoint}/proxy/`).call(read, interactive)
    expect(requests[0]?.url.pathname).toBe('/proxy/v4/openconfigsvr/getnospeaking')
  })

  test('has a permit of its own each time, taken before its body is built', async () => {
    const order: string[] = []
    const { client, permits } = await stage((_, response, index) => {
      order.push('sent')
      response.end(JSON.stringify({ ErrorCode: index === 0 ? 60018 : 0 }))
    })
    const body = () => {
      order.push(`built after ${permits.length}`)
      return {}
    }
    await client.call({ ...write, body }, { priority: 'bulk' })
    expect(order).toEqual(['built after 1', 'sent', 'built after 2', 'sent'])
    expect(permits[0]).toMatchObject({
      key: expect.stringMatching(/^tencent:\d+:setnospeaking$/),
      perSecond: 200,
      priority: 'bulk',
    })
  })

  test('uses a permit that was taken before for one attempt, and not after its time', async () => {
    const refuseFirst: Handler = (_, response, index) => {
      response.end(JSON.stringify({ ErrorCode: index === 0 ? 60018 : 0 }))
    }
    const { client, requests, permits } = await stage(refuseFirst)
    const usableUntil = performance.now() + 60_000
    await client.call(write, { priority: 'bulk', permit: { usableUntil } })
    expect([requests.length, permits.length]).toEqual([2, 1])
    await client.call(write, { priority: 'bulk', permit: { usableUntil: performance.now() - 1 } })
    expect([requests.length, permits.length]).toEqual([3, 2])
  })

  test('is paced by the limit that the connection bought', async () => {
    const { endpoint } = await stage(answer({ ErrorCode: 0 }))
    const permits: Permit[] = []
    const limits = { callsPerSecond: { setnospeaking: 400 } }
    const client = clientOf('', { permits, connection: { ...connection, endpoint, limits } })
    await client.call(write, interactive)
    expect(permits[0]?.perSecond).toBe(400)
    expect(permits[0]?.maxWaitMs).toBeGreaterThan(9_000)
    expect(permits[0]?.maxWaitMs).toBeLessThanOrEqual(10_000)
  })
})

describe('a retry', () => {
  const failing =
    (code: number, times: number): Handler =>
    (_, response, index) =>
      response.end(JSON.stringify({ ErrorCode: index < times ? code : 0 }))

  test.each([
    ['over the limit, write', write, 60007],
    ['over the limit, read', read, 60011],
    ['an internal error, read', read, 70500],
    ['a timeout inside the provider, read', read, 60008],
  ] as const)('follows %s', async (_, call, code) => {
    const { client, requests } = await stage(failing(code, 2))
    await client.call(call, interactive)
    expect(requests).toHaveLength(3)
  })

  test('is given up after three attempts', async () => {
    const { client, requests } = await stage(failing(60007, 99))
    const error = await errorOf(client.call(write, interactive))
    expect(error.options).toMatchObject({ providerCode: 60007, effect: 'none', retryable: true })
    expect(requests).toHaveLength(3)
  })

  test.each([60008, 60014, 70169, 70202, 70500, 130014])(
    'does not follow a write answered %i, which may have been applied',
    async (code) => {
      const { client, requests } = await stage(failing(code, 1))
      const error = await errorOf(client.call(write, interactive))
      expect(error.options).toMatchObject({ providerCode: code, effect: 'unknown' })
      expect(requests).toHaveLength(1)
    },
  )

  test.each([
    ['interactive', 10_000, 1],
    ['bulk', 59_000, 2],
    ['bulk', 60_000, 1],
  ] as const)('of an %s call is not begun %i ms after the first try', async (priority, ms, attempts) => {
    vi.useFakeTimers({ toFake: ['performance'] })
    const { client, requests } = await stage((request, response, index) => {
      if (index === 0) vi.advanceTimersByTime(ms)
      failing(60007, 1)(request, response, index)
    })
    await client.call(write, { priority }).catch(() => undefined)
    expect(requests).toHaveLength(attempts)
  })

  test('does not follow a code that no document names, which leaves a write open', async () => {
    const { client, requests } = await stage(failing(99_999, 1))
    const error = await errorOf(client.call(write, interactive))
    expect(error.options).toMatchObject({ providerCode: 99_999, effect: 'unknown', retryable: false })
    expect(requests).toHaveLength(1)
  })

  test('mints a new signature when the old one expired, once', async () => {
    let at = Date.UTC(2026, 0, 1)
    const clock = { now: () => (at += 1000) }
    const { client, requests } = await stage(failing(70001, 1), { clock })
    await client.call(write, interactive)
    expect(new Set(requests.map(({ url }) => url.searchParams.get('usersig'))).size).toBe(2)

    const stubborn = await stage(failing(70001, 99), { clock })
    expect((await errorOf(stubborn.client.call(write, interactive))).options.providerCode).toBe(70001)
    expect(stubborn.requests).toHaveLength(2)
  })

  test.each([70009, 70013, 70050, 60010])('never follows the refusal %i', async (code) => {
    const { client, requests } = await stage(failing(code, 1))
    expect((await errorOf(client.call(read, interactive))).options.providerCode).toBe(code)
    expect(requests).toHaveLength(1)
  })
})

describe('when the moderator no longer waits', () => {
  test('nothing is sent', async () => {
    const { client, requests, permits } = await stage(answer({ ErrorCode: 0 }))
    const error = await errorOf(client.call(write, { ...interactive, signal: AbortSignal.abort() }))
    expect([error.kind, error.options.effect]).toEqual(['cancelled', 'none'])
    expect([requests.length, permits.length]).toEqual([0, 0])
  })

  test('a permit that came after its time is not used, whatever the signal has said so far', async () => {
    const { client, requests } = await stage(answer({ ErrorCode: 0 }))
    const error = await errorOf(client.call(write, { ...interactive, notAfter: performance.now() - 1 }))
    expect([error.kind, error.options.effect]).toEqual(['cancelled', 'none'])
    expect(requests).toHaveLength(0)
  })

  test('waiting for a permit ends', async () => {
    const { endpoint, requests } = await stage(answer({ ErrorCode: 0 }))
    const leaving = new AbortController()
    const throttle: Throttle = {
      acquire: async ({ signal }) => {
        leaving.abort()
        signal?.throwIfAborted()
      },
    }
    const call = clientOf(endpoint, { throttle }).call(write, { ...interactive, signal: leaving.signal })
    expect((await errorOf(call)).kind).toBe('cancelled')
    expect(requests).toHaveLength(0)
  })

  test('no retry is made', async () => {
    const leaving = new AbortController()
    const { client, requests } = await stage(
      (_, response) => {
        response.end('{"ErrorCode":60007}')
      },
      {
        random: () => {
          leaving.abort()
          return 1
        },
      },
    )
    expect((await errorOf(client.call(write, { ...interactive, signal: leaving.signal }))).kind).toBe(
      'cancelled',
    )
    expect(requests).toHaveLength(1)
  })

  test.each([
    ['read', read, 'cancelled', 'none'],
    ['write', write, 'disconnected', 'unknown'],
  ] as const)('a %s under way ends, and what left stays possible', async (_, call, kind, effect) => {
    const leaving = new AbortController()
    const { client } = await stage(() => leaving.abort())
    const error = await errorOf(client.call(call, { ...interactive, signal: leaving.signal }))
    expect([error.kind, error.options.effect]).toEqual([kind, effect])
  })
})

describe('the pacing', () => {
  test('that has no permit in time says busy, without effect', async () => {
    const busy = Object.assign(new Error('no permit'), { name: 'ThrottleBusyError' })
    const { endpoint, requests } = await stage(answer({ ErrorCode: 0 }))
    const client = clientOf(endpoint, { throttle: { acquire: () => Promise.reject(busy) } })
    const error = await errorOf(client.call(write, interactive))
    expect([error.kind, error.options.effect]).toEqual(['busy', 'none'])
    expect(requests).toHaveLength(0)
  })

  test('that is itself broken lets nothing through', async () => {
    const { endpoint, requests } = await stage(answer({ ErrorCode: 0 }))
    const client = clientOf(endpoint, {
      throttle: { acquire: () => Promise.reject(new Error('no database')) },
    })
    await expect(client.call(write, interactive)).rejects.toThrow('no database')
    expect(requests).toHaveLength(0)
  })
})
