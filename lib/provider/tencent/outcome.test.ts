import { createServer as createTcpServer } from 'node:net'
import { inspect } from 'node:util'
import { describe, expect, test } from 'vitest'
import type { ProviderError } from '../errors'
import {
  answer,
  clientOf,
  errorOf,
  type Handler,
  interactive,
  listen,
  read,
  secretKey,
  stage,
  write,
} from './stage'

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

  test('to a change that says done and cannot be read leaves open what it did', async () => {
    const { client, requests } = await stage(answer({ ErrorCode: 0, GroupmsgNospeakingTime: '7' }))
    const { schema } = read
    const error = await errorOf(client.call({ ...write, schema }, interactive))
    expect([error.kind, error.options.effect, requests.length]).toEqual(['malformed', 'unknown', 1])
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
    ['broken UTF-8', Buffer.from('{"ErrorCode":0,"New":"\xff"}', 'latin1')],
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
