import { inspect } from 'node:util'
import { describe, expect, test } from 'vitest'
import { answer, errorOf, type Handler, interactive } from '../http-stage'
import { connection, read, stage, write } from './stage'
import { emptySchema } from './wire'

const failing =
  (code: number, times: number): Handler =>
  (_, response, index) =>
    response.end(JSON.stringify({ Code: index < times ? code : 0 }))

const common = ['Action', 'AppId', 'SignatureNonce', 'Timestamp', 'SignatureVersion', 'Signature']

describe('a request', () => {
  test('of a GET Action has everything in its query', async () => {
    const { client, requests } = await stage(answer({ Code: 0 }))
    await client.call(write, interactive)
    const [request] = requests
    expect([request?.method, request?.body, request?.url.pathname]).toEqual(['GET', '', '/'])
    expect([...(request?.url.searchParams.keys() ?? [])]).toEqual([...common, 'GroupId', 'Duration'])
    expect(request?.url.searchParams.get('Action')).toBe('MuteGroup')
  })

  test('of a POST Action has its parameters in a JSON body', async () => {
    const { client, requests } = await stage(answer({ Code: 0 }))
    await client.call(read, interactive)
    const [request] = requests
    expect([request?.method, request?.body]).toEqual(['POST', '{"GroupId":"g"}'])
    expect([...(request?.url.searchParams.keys() ?? [])]).toEqual(common)
  })

  test('goes below the path of an endpoint that has one', async () => {
    const { endpoint, requests } = await stage(answer({ Code: 0 }))
    const options = { connection: { ...connection, endpoint: `${endpoint}/proxy/` } }
    await (await stage(answer({}), options)).client.call(read, interactive)
    expect(requests[0]?.url.pathname).toBe('/proxy/')
  })

  test('is signed and built anew for each attempt, after its permit was granted', async () => {
    const order: string[] = []
    const { client, requests, permits } = await stage((_, response, index) => {
      order.push('sent')
      response.end(JSON.stringify({ Code: index === 0 ? 660300005 : 0 }))
    })
    const input = () => {
      order.push(`built after ${permits.length}`)
      return { GroupId: 'g' }
    }
    await client.call({ action: 'MuteGroup', input, schema: emptySchema }, { priority: 'bulk' })
    expect(order).toEqual(['built after 1', 'sent', 'built after 2', 'sent'])
    expect(permits[0]).toMatchObject({
      key: 'zego:1234567890:MuteGroup',
      perSecond: 20,
      priority: 'bulk',
    })
    expect(new Set(requests.map(({ url }) => url.searchParams.get('SignatureNonce'))).size).toBe(2)
  })

  test('is paced by the limit of its Action, or by the one that the connection bought', async () => {
    const limits = { callsPerSecond: { MuteGroup: 50 } }
    const { endpoint } = await stage(answer({ Code: 0 }))
    const { client, provider, permits } = await stage(answer({ Code: 0, TotalCount: 0, Next: 0 }), {
      connection: { ...connection, limits, endpoint },
    })
    await client.call(write, interactive)
    await provider.listGroups(null, interactive).catch(() => undefined)
    expect(permits.map(({ key, perSecond }) => [key.split(':').at(-1), perSecond])).toEqual([
      ['MuteGroup', 50],
      ['QueryAppGroupList', 1],
    ])
  })
})

describe('a retry', () => {
  test.each([7, 660300005, 660300006, 660500003, 660600004, 660600005, 660600007, 660600010, 660700001])(
    'follows a write answered %i, over the limit',
    async (code) => {
      const { client, requests } = await stage(failing(code, 1))
      await client.call(write, interactive)
      expect(requests).toHaveLength(2)
    },
  )

  test.each([1, 660000001, 660000003, 100000015])('of the failure %i follows a read alone', async (code) => {
    const reading = await stage(failing(code, 1))
    await reading.client.call(read, interactive)
    expect(reading.requests).toHaveLength(2)
    const writing = await stage(failing(code, 1))
    const error = await errorOf(writing.client.call(write, interactive))
    expect(error.options).toMatchObject({ providerCode: code, effect: 'unknown' })
    expect(writing.requests).toHaveLength(1)
  })

  test('signs again when the signature expired, once', async () => {
    const { client, requests } = await stage(failing(100000004, 1))
    await client.call(write, interactive)
    expect(new Set(requests.map(({ url }) => url.searchParams.get('Signature'))).size).toBe(2)

    const stubborn = await stage(failing(100000004, 99))
    const error = await errorOf(stubborn.client.call(write, interactive))
    expect(error.options).toMatchObject({ providerCode: 100000004, effect: 'none' })
    expect(stubborn.requests).toHaveLength(2)
  })

  test.each([2, 3, 100000005, 660000002, 660600001, 660600032])(
    'never follows the refusal %i',
    async (code) => {
      const { client, requests } = await stage(failing(code, 99))
      const error = await errorOf(client.call(write, interactive))
      expect([error.message, error.options.effect]).toEqual([`zego refused ${code}`, 'none'])
      expect(requests).toHaveLength(1)
    },
  )

  test('does not follow a GET that changes something and whose answer was lost', async () => {
    const { client, requests } = await stage((request) => request.socket.destroy())
    const error = await errorOf(client.call(write, interactive))
    expect([error.kind, error.options.effect]).toEqual(['disconnected', 'unknown'])
    expect(requests).toHaveLength(1)
  })
})

describe('an answer', () => {
  test.each<[string, unknown]>([
    ['HTML', '<html>'],
    ['a code as text', { Code: '0' }],
    ['no code', { Message: 'success' }],
    ['a list of failures that is none', { Code: 0, ErrorUsers: [{ UserId: 'a', SubCode: '1' }] }],
    ['more than 1 MB', { Code: 0, Padding: 'x'.repeat(1_048_576) }],
  ])('of %s is malformed, and leaves a write open', async (_, body) => {
    const { client } = await stage(answer(body))
    const error = await errorOf(client.call(write, interactive))
    expect([error.kind, error.options.effect]).toEqual(['malformed', 'unknown'])
  })

  test('is judged by its code, whatever the HTTP status is', async () => {
    await (await stage(answer({ Code: 0 }, 500))).client.call(write, interactive)
    const { client } = await stage(answer({ Code: 660600001 }, 404))
    expect((await errorOf(client.call(write, interactive))).kind).toBe('refused')
  })
})

test('no error shows the address, the signature or the secret', async () => {
  const { client, requests, endpoint } = await stage(
    (request, response, index) => {
      if (index === 0) response.end('<html>')
      else if (index === 1) response.writeHead(502).end()
      else if (index === 2) response.end(JSON.stringify({ Code: 100000005, Message: `bad ${request.url}` }))
      else if (index === 3) request.socket.destroy()
      // The fifth is never answered.
    },
    { deadlineMs: 200 },
  )
  const errors: unknown[] = []
  for (let n = 0; n < 5; n += 1) errors.push(await errorOf(client.call(write, interactive)))
  const shown =
    inspect(errors, { depth: Number.POSITIVE_INFINITY, showHidden: true }) + JSON.stringify(errors)
  const signatures = requests.map(({ url }) => url.searchParams.get('Signature') ?? '')
  expect(signatures).toHaveLength(5)
  for (const secret of [connection.serverSecret, new URL(endpoint).host, 'Signature', ...signatures])
    expect(shown).not.toContain(secret)
})
