import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createEmulatorControl, type EmulatorControl } from './control'
import { handleControl } from './control-handle'
import type { DataName } from './data/seeds'
import { drawPicture, picturesPath, silence } from './pictures'
import type { SeedApp } from './schemas'
import type { Answer } from './spoil'
import { DEFAULT_APPS } from './tencent/apps'
import { handleTencent } from './tencent/handle'
import { createWorld, type World } from './world'
import { DEFAULT_ZEGO_APPS } from './zego/apps'
import { handleZego } from './zego/handle'
import type { SeedZegoApp } from './zego/schemas'

const MAX_BODY_BYTES = 32 * 1024 * 1024

/** How to start an emulator; everything has a default. */
export type EmulatorOptions = {
  /** 0: any free port. */
  port?: number
  data?: DataName
  apps?: readonly SeedApp[]
  zegoApps?: readonly SeedZegoApp[]
  /** How long every provider call takes at least, in milliseconds. */
  latencyMs?: number
  /** Milliseconds for the rate windows. */
  monotonicNow?: () => number
}

/** A running emulator. `url` is the base address of the provider; `controlUrl` that of the control API. */
export type Emulator = {
  url: string
  controlUrl: string
  control: EmulatorControl
  /** Cuts all connections, ends all delays and stops listening. */
  close(): Promise<void>
}

/** Starts an emulator in this process, on the loopback address only. */
export async function startEmulator(options: EmulatorOptions = {}): Promise<Emulator> {
  const world = createWorld({
    data: options.data ?? 'empty',
    apps: options.apps ?? DEFAULT_APPS,
    zegoApps: options.zegoApps ?? DEFAULT_ZEGO_APPS,
    latencyMs: options.latencyMs ?? 0,
    monotonicNow: options.monotonicNow ?? (() => performance.now()),
  })
  const closing = new AbortController()
  const server = createServer((request, response) => {
    serve(world, request, response, closing.signal).catch(() => response.destroy())
  })
  // Longer than any client keeps an idle connection, so that a reused one is never closed under a call.
  server.keepAliveTimeout = 120_000
  server.listen(options.port ?? 0, '127.0.0.1')
  await once(server, 'listening')

  // A server that listens on a port, not on a pipe, has an address of this shape.
  const { port } = server.address() as AddressInfo
  const url = `http://127.0.0.1:${port}`
  world.origin = url

  return {
    url,
    controlUrl: `${url}/control`,
    control: createEmulatorControl(url),
    async close() {
      closing.abort()
      const closed = once(server, 'close')
      server.close()
      server.closeAllConnections()
      await closed
    },
  }
}

async function serve(world: World, request: IncomingMessage, response: ServerResponse, signal: AbortSignal) {
  const body = await readBody(request)
  if (!body) {
    response.writeHead(413, { connection: 'close' }).end()
    return
  }
  const method = request.method ?? ''
  const target = request.url ?? '/'
  const url = new URL(target, 'http://127.0.0.1')
  if (url.pathname.startsWith(picturesPath)) {
    if (url.pathname.endsWith('.png'))
      response.writeHead(200, { 'content-type': 'image/png' }).end(drawPicture(url.pathname))
    else if (url.pathname.endsWith('.wav'))
      response.writeHead(200, { 'content-type': 'audio/wav' }).end(silence())
    else response.writeHead(404).end()
    return
  }
  const incoming = { method, path: url.pathname, search: url.search.slice(1), body }
  if (url.pathname.startsWith('/control/')) deliver(response, await handleControl(world, method, url, body))
  // ZEGO has one path; its Action is in the query.
  else if (url.pathname === '/') deliver(response, await handleZego(world, incoming, signal))
  else deliver(response, await handleTencent(world, incoming, signal))
}

/** The whole body, or null when it is larger than anything the emulator takes. */
async function readBody(request: IncomingMessage): Promise<Buffer | null> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request) {
    const bytes = Buffer.from(chunk)
    size += bytes.length
    if (size > MAX_BODY_BYTES) return null
    chunks.push(bytes)
  }
  return Buffer.concat(chunks)
}

function deliver(response: ServerResponse, answer: Answer) {
  if (answer.kind === 'drop') {
    response.destroy()
    return
  }
  const bytes = Buffer.from(answer.body)
  const promised = answer.kind === 'cut' ? bytes.length * 2 : bytes.length
  response.writeHead(answer.status, { 'content-type': answer.contentType, 'content-length': promised })
  if (answer.kind === 'whole') {
    response.end(bytes)
    return
  }
  response.write(bytes, () => response.destroy())
}
