import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { describeOnBothDatabases } from '@/lib/testing/fresh-db'
import { addActor } from '@/lib/testing/moderators'
import { startMuteWorld } from '@/lib/testing/mute-world'
import { fetchPicture } from './fetch-picture'
import { getAccount } from './get'
import { getAvatar } from './get-avatar'
import { rememberAccounts } from './remember'
import { searchAccounts } from './search'

const png = Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), Buffer.alloc(100, 7)])
const maxBytes = 1_048_576

/** A server of pictures on this machine that answers each request as it is told. */
async function listen(answer: (response: ServerResponse, path: string) => void) {
  const asked: string[] = []
  const server = createServer((request, response) => {
    asked.push(request.url ?? '')
    answer(response, request.url ?? '')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  const { port } = server.address() as AddressInfo // a TCP address, as it was given a port
  return { origin: `http://127.0.0.1:${port}`, asked }
}

describeOnBothDatabases('the picture of an account', (freshDb) => {
  async function begin(answer: (response: ServerResponse, path: string) => void = () => {}) {
    const { origin, asked } = await listen(answer)
    const db = await freshDb()
    const world = await startMuteWorld(db)
    onTestFinished(() => world.close())
    const provider = (key: string) => ({ ...world.context.provider(key), pictureOrigin: origin })
    const context = { ...world.context, provider }
    const actor = await addActor(db, 'viewer')
    const remember = (avatarUrl: string | null) =>
      rememberAccounts(db, [{ connection: 'sg', userId: 'lin #88', nickname: 'Lin', avatarUrl }])
    const picture = () => getAvatar(context, actor, { connection: 'sg', userId: 'lin #88' })
    return { origin, asked, context, world, actor, remember, picture }
  }

  test.each([
    ['image/png', png],
    ['image/jpeg', Buffer.from('ffd8ffe000104a46', 'hex')],
    ['image/gif', Buffer.from('GIF89a…')],
    ['image/webp', Buffer.from('RIFF\n\0\0\0WEBPVP8 ')],
    ['image/png', Buffer.concat([png, Buffer.alloc(maxBytes - png.length)])],
  ])('is fetched and known by its first bytes: %s', async (type, bytes) => {
    const { origin, asked, remember, picture } = await begin((response) =>
      response.writeHead(200, { 'content-type': 'text/html' }).end(bytes),
    )
    await remember(`${origin}/pictures/a%20b.png?size=2`)
    const found = await picture()
    expect(found?.type).toBe(type)
    expect(Buffer.from(found?.bytes ?? new ArrayBuffer()).equals(bytes)).toBe(true)
    expect(asked).toEqual(['/pictures/a%20b.png?size=2'])
  })

  test.each<[string, (response: ServerResponse) => void]>([
    [
      'SVG',
      (to) => to.setHeader('content-type', 'image/svg+xml').end('<svg xmlns="http://www.w3.org/2000/svg"/>'),
    ],
    ['a page', (to) => to.setHeader('content-type', 'image/png').end('<!doctype html><script>1</script>')],
    ['nothing', (to) => to.end()],
    ['a picture packed for the way', (to) => to.setHeader('content-encoding', 'gzip').end('\x1f\x8b')],
    ['an error with a picture', (to) => to.writeHead(404).end(png)],
    ['a picture cut short', (to) => to.setHeader('content-length', 1_000).write(png, () => to.destroy())],
    ['a lost connection', (to) => to.destroy()],
    ['one byte too many', (to) => to.end(Buffer.concat([png, Buffer.alloc(maxBytes + 1 - png.length)]))],
  ])('is none when the server answers with %s', async (_what, answer) => {
    const { origin, asked, remember, picture } = await begin(answer)
    await remember(`${origin}/pictures/a.png`)
    expect(await picture()).toBeNull()
    expect(asked).toHaveLength(1)
  })

  test('that never ends is given up, not collected', async () => {
    const { origin, remember, picture } = await begin((response) => {
      const block = Buffer.concat([png, Buffer.alloc(65_536)])
      const more = () => void (response.destroyed || response.write(block, more))
      more()
    })
    await remember(`${origin}/pictures/a.png`)
    expect(await picture()).toBeNull()
  })

  test('follows no redirect', async () => {
    const { origin, asked, remember, picture } = await begin((response, path) =>
      path === '/pictures/a.png'
        ? response.writeHead(302, { location: '/pictures/b.png' }).end()
        : response.end(png),
    )
    await remember(`${origin}/pictures/a.png`)
    expect(await picture()).toBeNull()
    expect(asked).toEqual(['/pictures/a.png'])
  })

  test('is asked for nowhere but at public addresses and the connection’s own endpoint', async () => {
    const { asked, remember, picture } = await begin()
    const other = await listen((response) => response.end(png))
    const { port } = new URL(other.origin)
    for (const address of [other.origin, `http://localhost:${port}`, `https://127.0.0.1:${port}`]) {
      await remember(`${address}/a.png`)
      expect(await picture(), address).toBeNull()
    }
    await remember('https://localhost/a.png')
    expect(await picture()).toBeNull()
    await remember(null)
    expect(await picture()).toBeNull()
    expect([...asked, ...other.asked]).toEqual([])
  })

  test('is announced where there may be one, and its address stays here', async () => {
    const { origin, actor, context, world, remember } = await begin()
    const key = { connection: 'sg', userId: 'lin #88' }
    const announced = async () => {
      const { results } = await searchAccounts(context, actor, { q: 'Lin' })
      const { account } = await getAccount(context, actor, key)
      expect(JSON.stringify([results, account])).not.toMatch(/a\.png|avatarUrl/)
      return [results[0]?.hasAvatar, account.hasAvatar]
    }
    await world.emulator.control.addFaults({ kind: 'code', code: 60010, times: 'always' })
    for (const [address, expected] of [
      [`${origin}/pictures/a.png`, true],
      [`${origin}/control/reset`, false],
      ['https://img.example/a.png', true],
      ['http://img.example/a.png', false],
      [null, false],
    ] as const) {
      await remember(address)
      expect(await announced()).toEqual([expected, expected])
    }
    await world.emulator.control.clearFaults()
    await world.emulator.control.seed({ accounts: [{ id: 'u1', avatarUrl: 'https://img.example/a.png' }] })
    const { results } = await searchAccounts(context, actor, { q: 'u1' })
    expect(results).toMatchObject([{ userId: 'u1', exists: true, hasAvatar: true }])
  })

  test('of a connection that is not there is told', async () => {
    const { context, actor } = await begin()
    const lost = getAvatar(context, actor, { connection: 'mars', userId: 'lin #88' })
    await expect(lost).rejects.toMatchObject({ code: 'UNKNOWN_CONNECTION' })
  })
})

test('a picture that does not come in time is none', async () => {
  const { origin, asked } = await listen((response) => response.write(png))
  expect(await fetchPicture({ url: new URL('/a.png', origin), isOwn: true }, 100)).toBeNull()
  expect(asked).toHaveLength(1)
})

test('at most four pictures are fetched at once', async () => {
  const open: ServerResponse[] = []
  const counts: number[] = []
  const { origin } = await listen(async (response, path) => {
    if (path === '/probe') return void response.end()
    counts.push(open.push(response))
    if (open.length < 4) return
    // By the time of the third answer to somebody else a fifth request would have come.
    for (const _ of [1, 2, 3]) await fetch(`${origin}/probe`)
    for (const waiting of open.splice(0)) waiting.end(png)
  })
  const url = new URL('/a.png', origin)
  const pictures = await Promise.all(Array.from({ length: 12 }, () => fetchPicture({ url, isOwn: true })))
  expect(pictures.map((picture) => picture?.type)).toEqual(Array(12).fill('image/png'))
  expect(counts).toEqual([1, 2, 3, 4, 1, 2, 3, 4, 1, 2, 3, 4])
})

test('a name that leads to this machine is refused when connecting', async () => {
  const { origin, asked } = await listen((response) => response.end(png))
  const url = new URL('/a.png', origin.replace('127.0.0.1', 'localhost'))
  expect(await fetchPicture({ url, isOwn: false })).toBeNull()
  expect(asked).toEqual([])
  expect(await fetchPicture({ url, isOwn: true })).not.toBeNull()
})
