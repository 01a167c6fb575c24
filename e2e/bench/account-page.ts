import http from 'node:http'
import { setTimeout as delay } from 'node:timers/promises'
import { startPostgres } from '../../lib/testing/postgres'
import { type Demo, startDemo } from '../demo/start'
import { createEmulatorControl } from '../emulator/control'
import { lifelikeAccounts } from '../emulator/data/lifelike'
import { type Findings, timeRows } from './report'
import { signInCookie } from './sign-in'

const latencyMs = 50
const perSecond = 20
const warmUpSeconds = 4
const seconds = 15
const bar = 25

/**
 * What the account page costs beyond its provider's latency. Requests start on a fixed schedule whether or not those
 * before them have ended, and time counts from the scheduled moment: a server that falls behind cannot hide it.
 */
export async function measureAccountPage(): Promise<Findings> {
  const embedded = await measureOn('PGlite', {})
  const postgres = await startPostgres()
  try {
    const server = await measureOn('PostgreSQL', { DATABASE_URL: postgres.url })
    return { rows: [...embedded.rows, ...server.rows], notes: [...embedded.notes, ...server.notes] }
  } finally {
    await postgres.stop()
  }
}

async function measureOn(name: string, env: Record<string, string>): Promise<Findings> {
  const demo = await startDemo({
    isEphemeral: true,
    port: 0,
    env,
    log: (line) => console.error(`bench: ${line}`),
  })
  try {
    const emulator = createEmulatorControl(demo.emulatorUrl)
    await emulator.setLatency(latencyMs)
    const ask = pageClient(demo, await signInCookie(demo, 'moderator'))
    const ids = lifelikeAccounts().map(({ id }) => id)
    await onSchedule(warmUpSeconds * perSecond, (index) => ask(ids[index % ids.length] ?? ''))

    const before = (await emulator.calls()).length
    const totals = await onSchedule(seconds * perSecond, (index) =>
      ask(ids[(1_000 + index) % ids.length] ?? ''),
    )
    const calls = await emulator.calls(before)
    const perPage = calls.length / totals.length
    const refused = calls.filter(({ code }) => code !== 0).length
    return {
      rows: timeRows(
        `beyond ${latencyMs} ms of latency, ${perSecond} requests/s, ${name}`,
        totals.map((total) => total - latencyMs),
        bar,
      ),
      notes: [
        `${name}: ${totals.length} pages, ${perPage.toFixed(2)} provider calls each, ${refused} of them refused`,
      ],
    }
  } finally {
    await demo.stop()
  }
}

/** Starts so many requests, one every 1/20 s, and gives the ms from each one's scheduled start to its end. */
async function onSchedule(count: number, ask: (index: number) => Promise<void>): Promise<number[]> {
  const startAt = performance.now() + 100
  return await Promise.all(
    Array.from({ length: count }, async (_, index) => {
      const dueAt = startAt + (index * 1_000) / perSecond
      await delay(Math.max(0, dueAt - performance.now()))
      await ask(index)
      return performance.now() - dueAt
    }),
  )
}

/** Gets a page to its last byte. Throws on anything but a whole page of that account. */
function pageClient(demo: Demo, cookie: string): (userId: string) => Promise<void> {
  const agent = new http.Agent({ keepAlive: true })
  const { port } = new URL(demo.consoleUrl)
  return (userId) =>
    new Promise((resolve, reject) => {
      const path = `/accounts/sg/${encodeURIComponent(userId)}`
      const headers = { cookie, host: `localhost:${port}`, accept: 'text/html' }
      const request = http.get({ host: '127.0.0.1', port, path, agent, headers }, (response) => {
        const chunks: Buffer[] = []
        response.on('data', (chunk: Buffer) => chunks.push(chunk))
        response.on('error', reject)
        response.on('end', () => {
          const isWhole = response.statusCode === 200 && Buffer.concat(chunks).includes('</html>')
          if (isWhole) resolve()
          else reject(new Error(`GET ${path}: ${response.statusCode}`))
        })
      })
      request.on('error', reject)
    })
}
