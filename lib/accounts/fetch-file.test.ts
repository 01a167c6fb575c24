import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { createFileFetcher } from './fetch-file'
import { pictureAddress } from './picture-address'

test('whoever finds no place, or waits too long, is told to come again; what is not there is none', async () => {
  const server = createServer(({ url }, response) => {
    if (url === '/pictures/gone') response.writeHead(404).end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  const { port } = server.address() as AddressInfo // a TCP address, as it was given a port
  const origin = `http://127.0.0.1:${port}`
  const fetchFile = createFileFetcher({
    accept: '*/*',
    maxBytes: 9,
    deadlineMs: 5_000,
    atOnce: 1,
    waiting: 0,
  })
  const fetchFrom = (path: string, deadlineMs?: number) => {
    const address = pictureAddress(`${origin}${path}`, origin)
    if (!address) throw new Error('the address was refused')
    return fetchFile(address, deadlineMs)
  }
  expect(await fetchFrom('/pictures/gone')).toBeNull()
  const slow = fetchFrom('/pictures/slow', 300)
  expect(await fetchFrom('/pictures/gone')).toBe('busy')
  expect(await slow).toBe('busy')
})
