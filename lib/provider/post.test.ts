import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, onTestFinished, test, vi } from 'vitest'
import { createPoster } from './post'

async function start() {
  const asked: string[] = []
  const server = createServer((request, response) => {
    asked.push(request.url ?? '')
    response.end('{}')
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const poster = createPoster(`http://127.0.0.1:${port}`)
  onTestFinished(async () => {
    vi.restoreAllMocks()
    await poster.close()
    server.close()
  })
  return { asked, send: (path: string) => poster.send({ path, body: '{}', deadlineMs: 5_000 }) }
}

test('what a process that stood still did not get to send in time is never sent', async () => {
  const { asked, send } = await start()
  const now = performance.now()
  const clock = vi.spyOn(performance, 'now').mockReturnValue(now)
  const late = send('/late')
  clock.mockReturnValue(now + 5_001)
  expect(await late).toEqual({ kind: 'unreachable', sent: false })
  expect(await send('/in-time')).toMatchObject({ kind: 'answered', status: 200 })
  expect(asked).toEqual(['/in-time'])
})
