import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { type AddressInfo, createServer as createTcpServer, type Server } from 'node:net'
import { text } from 'node:stream/consumers'
import { inspect } from 'node:util'
import { afterEach, describe, expect, onTestFinished, test, vi } from 'vitest'
import type { Connection } from '@/lib/env'
import { ProviderError } from '../errors'
import type { CallOptions } from '../port'
import { type Call, type ClientOptions, createTencentClient, type Throttle } from './client'
import { getNoSpeakingSchema, setNoSpeakingSchema } from './wire'

const secretKey = 'the-secret-key-of-the-tests'
const connection: Connection = {
  key: 'sg',
  name: 'Singapore',
  provider: 'tencent',
  sdkAppId: 1_400_000_000,
  adminIdentifier: 'admin #1&x=y',
  secretKey,
  region: 'singapore',
  limits: { callsPerSecond: {} },
}
const interactive: CallOptions = { priority: 'interactive' }
const read: Call<object> = {
  command: 'getnospeaking',
  body: () => ({ Get_Account: 'a' }),
  schema: getNoSpeakingSchema,
}
const write: Call<object> = {
  command: 'setnospeaking',
  body: () => ({ Set_Account: 'a' }),
  schema: setNoSpeakingSchema,
}

type Permit = Parameters<Throttle['acquire']>[0]
type Handler = (request: IncomingMessage, response: ServerResponse, index: number) => void

/** Listens on a free port of this machine until the test ends. */
async function listen(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    if ('closeAllConnections' in server && server.closeAllConnections instanceof Function)
      server.closeAllConnections()
    server.close()
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}` // a TCP address, as it was given a port
}

function clientOf(endpoint: string, options: Partial<ClientOptions> & { permits?: Permit[] } = {}) {
  const { permits = [], ...rest } = options
  const throttle: Throttle = {
    async acquire(permit) {
      permits.push(permit)
    },
  }
  const client = createTencentClient({
    connection: { ...connection, endpoint },
    throttle,
    random: () => 0,
    ...rest,
  })
  onTestFinished(() => client.close())
  return client
}

/** A provider that gives each request, counted from 0, to `handler`; and a client for it. */
async function stage(handler: Handler, options: Partial<ClientOptions> = {}) {
  const requests: { url: URL; body: string }[] = []
  const permits: Permit[] = []
  const server = createServer(async (request, response) => {
    const index = requests.length
    requests.push({ url: new URL(request.url ?? '', 'http://provider'), body: '' })
    requests[index] = { url: new URL(request.url ?? '', 'http://provider'), body: await text(request) }
    handler(request, response, index)
  })
  const endpoint = await listen(server)
  return { client: clientOf(endpoint, { permits, ...options }), requests, permits, endpoint }
}

const answer =
  (body: unknown, status = 200): Handler =>
  (_, response) =>
    response
      .writeHead(status)
      .end(typeof body === 'string' || body instanceof Uint8Array ? body : JSON.stringify(body))

async function errorOf(call: Promise<unknown>): Promise<ProviderError> {
  const error = await call.then(
    () => undefined,
    (reason: unknown) => reason,
  )
  if (!(error instanceof ProviderError)) throw new Error(`not a provider error: ${inspect(error)}`)
  return error
}

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
    expect(permits[0]).toMatchObject({ key: 'sg:setnospeaking', perSecond: 200, priority: 'bulk' })
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

describe('an answer', () => {
  test('is a success by its ErrorCode alone, without ActionStatus, with fields nobody knows, whatever the status', async () => {
    const { client } = await stage(
      answer({ ErrorCode: 0, GroupmsgNospeakingTime: 7, RequestId: 'x', New: [1] }, 500),
    )
    const { answer: parsed } = await client.call(read, interactive)
    expect(parsed).toEqual({ GroupmsgNospeakingTime: 7 })
  })

  test.each([200, 502])('with another ErrorCode is that refusal, also with status %i', async (status) => {
    const { client, requests } = await stage(
      answer({ ActionStatus: 'OK', ErrorCode: 130005, ErrorInfo: 'x' }, status),
    )
    const error = await errorOf(client.call(write, interactive))
    expect(error).toMatchObject({ kind: 'refused', message: 'tencent refused 130005' })
    expect(error.options).toEqual({
      effect: 'none',
      retryable: false,
      providerCode: 130005,
      httpStatus: status,
    })
    expect(requests).toHaveLength(1)
  })

  test.each<[string, unknown]>([
    ['HTML', '<html><body>Bad gateway</body></html>'],
    ['nothing', ''],
    ['truncated JSON', '{"ErrorCode":0,"GroupmsgNospe'],
    ['a list', []],
    ['null', 'null'],
    ['a code as text', { ErrorCode: '0' }],
    ['a code with a fraction', { ErrorCode: 0.5 }],
    ['no code', { ActionStatus: 'OK' }],
    ['seconds as text', { ErrorCode: 0, GroupmsgNospeakingTime: '7' }],
    ['broken UTF-8', Buffer.from([0x7b, 0xff, 0x7d])],
    ['more than 1 MB', { ErrorCode: 0, padding: 'x'.repeat(1_048_576) }],
  ])('of %s is malformed, never a success', async (_, body) => {
    const { client, requests } = await stage(answer(body))
    const error = await errorOf(client.call(read, interactive))
    expect(error.kind).toBe('malformed')
    expect(error.options.effect).toBe('none')
    expect(requests).toHaveLength(1)
  })

  test('that cannot be read leaves a write open', async () => {
    const { client, requests } = await stage(answer('<html>'))
    const error = await errorOf(client.call(write, interactive))
    expect([error.kind, error.options.effect]).toEqual(['malformed', 'unknown'])
    expect(requests).toHaveLength(1)
  })

  test('that never ends is dropped at 1 MB', async () => {
    let sent = 0
    const { client } = await stage((_, response) => {
      const more = () => {
        while (!response.destroyed && response.write('x'.repeat(65_536))) sent += 65_536
      }
      response.on('drain', more)
      more()
    })
    expect((await errorOf(client.call(read, interactive))).kind).toBe('malformed')
    expect(sent).toBeLessThan(50_000_000)
  })

  test('that is no HTTP is malformed', async () => {
    const endpoint = await listen(
      createTcpServer((socket) => socket.once('data', () => socket.write('SSH-2.0-OpenSSH_9.9\r\n'))),
    )
    const error = await errorOf(clientOf(endpoint).call(write, interactive))
    expect([error.kind, error.options.effect]).toEqual(['malformed', 'unknown'])
  })

  test.each([
    [503, 'unknown', true],
    [204, 'unknown', false],
    [404, 'none', false],
    [302, 'none', false],
  ] as const)('of status %i without a code leaves a write %s', async (status, effect, retryable) => {
    const { client, requests } = await stage((_, response) => {
      response.writeHead(status, { location: '/elsewhere' }).end('')
    })
    const error = await errorOf(client.call(write, interactive))
    expect(error.kind).toBe('http_error')
    expect(error.options).toEqual({ effect, retryable, httpStatus: status })
    expect(requests).toHaveLength(1)
  })
})

describe('a connection', () => {
  const noEffect = { kind: 'unreachable', options: { effect: 'none', retryable: true } }

  test('that is refused leaves no effect', async () => {
    const server = createTcpServer()
    const endpoint = await listen(server)
    await new Promise((resolve) => server.close(resolve))
    expect(await errorOf(clientOf(endpoint).call(write, interactive))).toMatchObject(noEffect)
  })

  test('to a name that does not exist leaves no effect', async () => {
    expect(await errorOf(clientOf('http://no-such-host.invalid').call(write, interactive))).toMatchObject(
      noEffect,
    )
  })

  test('whose TLS fails leaves no effect', async () => {
    const { endpoint, requests } = await stage(answer({ ErrorCode: 0 }))
    const client = clientOf(endpoint.replace('http:', 'https:'))
    expect(await errorOf(client.call(write, interactive))).toMatchObject(noEffect)
    expect(requests).toHaveLength(0)
  })

  test('that is not made before the deadline leaves no effect', async () => {
    const endpoint = await listen(createTcpServer(() => {}))
    const client = clientOf(endpoint.replace('http:', 'https:'), { deadlineMs: 50 })
    expect(await errorOf(client.call(write, interactive))).toMatchObject(noEffect)
  })

  test.each([
    ['write', write, 'unknown', 1],
    ['read', read, 'none', 3],
  ] as const)('that breaks after the request leaves a %s as it must', async (_, call, effect, attempts) => {
    const { client, requests } = await stage((request) => request.socket.destroy())
    const error = await errorOf(client.call(call, interactive))
    expect([error.kind, error.options.effect]).toEqual(['disconnected', effect])
    expect(requests).toHaveLength(attempts)
  })

  test('that breaks within the answer is no success', async () => {
    const { client } = await stage((request, response) => {
      response
        .writeHead(200, { 'content-length': 40 })
        .write('{"ErrorCode":0}', () => request.socket.destroy())
    })
    const error = await errorOf(client.call(write, interactive))
    expect([error.kind, error.options.effect]).toEqual(['disconnected', 'unknown'])
  })

  test.each([
    ['before the answer begins', ''],
    ['within the answer', '{"ErrorCode":'],
  ])('that falls silent %s ends at the deadline, and a write is open', async (_, begin) => {
    const handler: Handler = (_request, response) => {
      if (begin) response.write(begin)
    }
    const { client, requests } = await stage(handler, { deadlineMs: 50 })
    const error = await errorOf(client.call(write, interactive))
    expect([error.kind, error.options.effect]).toEqual(['timeout', 'unknown'])
    expect(requests).toHaveLength(1)
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

test('no error shows the address, the signature or the secret', async () => {
  const usersigs: string[] = []
  const { client, endpoint } = await stage(
    (request, response, index) => {
      usersigs.push(new URL(request.url ?? '', 'http://provider').searchParams.get('usersig') ?? '')
      if (index === 0) response.end('<html>')
      else if (index === 1) response.writeHead(500).end()
      else if (index === 2)
        response.end(JSON.stringify({ ErrorCode: 70009, ErrorInfo: `bad ${request.url}` }))
      else if (index === 3) request.socket.destroy()
      // The fifth is never answered.
    },
    { deadlineMs: 200 },
  )
  const errors: ProviderError[] = []
  for (let n = 0; n < 6; n += 1) errors.push(await errorOf(client.call(write, interactive)))
  errors.push(await errorOf(clientOf('http://no-such-host.invalid').call(write, interactive)))
  expect(errors.map(({ kind }) => kind)).toEqual([
    'malformed',
    'http_error',
    'refused',
    'disconnected',
    'timeout',
    'timeout',
    'unreachable',
  ])
  for (const error of errors) {
    const shown =
      inspect(error, { depth: Number.POSITIVE_INFINITY, showHidden: true }) + JSON.stringify(error)
    for (const secret of [secretKey, new URL(endpoint).host, 'no-such-host', 'usersig', ...usersigs]) {
      expect(shown).not.toContain(secret)
    }
  }
})
