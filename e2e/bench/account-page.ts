import { existsSync, readFileSync } from 'node:fs'
import http from 'node:http'
import { setTimeout as delay } from 'node:timers/promises'
import { createTencentProvider } from '../../lib/provider/tencent/provider'
import { emulatedConnection } from '../../lib/testing/emulated-connection'
import { startPostgres } from '../../lib/testing/postgres'
import { startDemo } from '../demo/start'
import { createEmulatorControl } from '../emulator/control'
import { lifelikeAccounts } from '../emulator/data/lifelike'
import { startBareNext } from './bare-next'
import { type Findings, percentile, timeRows } from './report'
import { signInCookie } from './sign-in'

const latencyMs = 50
const perSecond = 20
const warmUpSeconds = 4
const seconds = 15
const bareSeconds = 5
const bar = 25
/** existence, profile, presence and mutes of the account, all asked at once */
const callsPerPage = 4

type Answer = { ms: number; isWhole: boolean }

/**
 * What the account page costs beyond its provider's latency: the time that a bare client, which does nothing else,
 * waits for the same calls. Requests start on a fixed schedule whether or not those
 * before them have ended, and time counts from the scheduled moment: a server that falls behind cannot hide it.
 */
export async function measureAccountPage(): Promise<Findings> {
  const bare = await measureBare()
  const embedded = await measureOn('PGlite', {}, bare.cpuPerPage)
  const postgres = await startPostgres()
  try {
    const server = await measureOn('PostgreSQL', { DATABASE_URL: postgres.url }, bare.cpuPerPage)
    return {
      rows: [...bare.rows, ...embedded.rows, ...server.rows],
      notes: [...bare.notes, ...embedded.notes, ...server.notes],
    }
  } finally {
    await postgres.stop()
  }
}

/** What a page costs on this machine today that has nothing in it but is rendered for each request. */
async function measureBare(): Promise<Findings & { cpuPerPage: number }> {
  const { url, child } = await startBareNext()
  try {
    const get = pageClient(url, '')
    await onSchedule(warmUpSeconds * perSecond, () => get('/rendered'))
    const cpuBefore = cpuMs(child.pid)
    const answers = await onSchedule(bareSeconds * perSecond, () => get('/rendered'))
    const cpuPerPage = (cpuMs(child.pid) - cpuBefore) / answers.length
    return {
      cpuPerPage,
      rows: timeRows(
        'a bare Next page in the same run',
        answers.map(({ ms }) => ms),
        null,
      ),
      notes: [`a bare Next page: ${cpuPerPage.toFixed(1)} ms of processor time`],
    }
  } finally {
    await child.stop()
  }
}

async function measureOn(
  name: string,
  env: Record<string, string>,
  bareCpuPerPage: number,
): Promise<Findings> {
  const demo = await startDemo({
    isEphemeral: true,
    port: 0,
    env,
    log: (line) => console.error(`bench: ${line}`),
  })
  try {
    const emulator = createEmulatorControl(demo.emulatorUrl)
    await emulator.setLatency(latencyMs)
    const get = pageClient(demo.consoleUrl, await signInCookie(demo, 'moderator'))
    const ask = (userId: string) => get(`/accounts/sg/${encodeURIComponent(userId)}`)
    const ids = lifelikeAccounts().map(({ id }) => id)
    const warmUp = await onSchedule(warmUpSeconds * perSecond, (index) => ask(ids[index % ids.length] ?? ''))

    const bare = await onSchedule(bareSeconds * perSecond, bareClient(demo.emulatorUrl, ids))
    const providerMs = percentile(
      bare.map(({ ms }) => ms),
      0.5,
    )
    const frame = await onSchedule(bareSeconds * perSecond, () => get('/accounts'))
    const before = (await emulator.calls()).length
    const cpuBefore = cpuMs(demo.consolePid)
    const answers = await onSchedule(seconds * perSecond, (index) =>
      ask(ids[(1_000 + index) % ids.length] ?? ''),
    )
    const calls = await emulator.calls(before)
    const cpuPerPage = (cpuMs(demo.consolePid) - cpuBefore) / answers.length
    const failed = [...warmUp, ...answers].filter(({ isWhole }) => !isWhole).length
    const perPage = calls.length / answers.length
    const refused = calls.filter(({ code }) => code !== 0).length
    return {
      rows: [
        ...timeRows(
          `beyond the provider's latency, ${perSecond} requests/s, ${name}`,
          answers.map(({ ms }) => ms - providerMs),
          bar,
        ),
        ...timeRows(
          `the search page without a query, which asks no provider, ${name}`,
          frame.map(({ ms }) => ms),
          null,
        ),
        ...(bareCpuPerPage > 0
          ? [
              {
                work: `processor time, by that of a bare Next page, ${name}`,
                value: cpuPerPage / bareCpuPerPage,
                unit: 'times' as const,
                bar: null,
              },
            ]
          : []),
        {
          work: `no whole page, ${name}`,
          value: failed,
          unit: 'calls',
          bar: 0,
        },
        // A page whose reading failed comes whole nevertheless, and reads again in the browser.
        {
          work: `provider calls that pages gave up, ${name}`,
          value: Math.max(0, answers.length * callsPerPage - calls.length),
          unit: 'calls',
          bar: 0,
        },
      ],
      notes: [
        `${name}: ${answers.length} pages, ${perPage.toFixed(2)} provider calls each, ${refused} of them refused`,
        `${name}: a bare client waits ${providerMs.toFixed(1)} ms for the calls of a page (p50)`,
        `${name}: ${cpuPerPage.toFixed(1)} ms of processor time a page, all threads of the console together`,
        ...(failed > 0 ? [`${name}: console log: ${readFileSync(demo.logFile, 'utf8').slice(-2_000)}`] : []),
      ],
    }
  } finally {
    await demo.stop()
  }
}

/** Makes the calls of one page and nothing else: no pacing, no database, no page. */
function bareClient(emulatorUrl: string, ids: readonly string[]): (index: number) => Promise<boolean> {
  const connection = emulatedConnection(emulatorUrl)
  const provider = createTencentProvider({ connection, throttle: { acquire: async () => {} } })
  const options = { priority: 'interactive' } as const
  return async (index) => {
    const userId = ids[index % ids.length] ?? ''
    await Promise.all([
      provider.checkAccounts([userId], options),
      provider.getProfiles([userId], options),
      provider.getPresence([userId], options),
      provider.readGlobalMutes(userId, options),
    ])
    return true
  }
}

/** What a process has used of the processors so far, in ms; 0 where the system does not tell. */
function cpuMs(pid: number): number {
  const file = `/proc/${pid}/stat`
  if (!existsSync(file)) return 0
  // Behind the name, which may hold anything, the 12th and 13th field are user and system time in 1/100 s.
  const fields = readFileSync(file, 'utf8').split(') ').at(-1)?.split(' ') ?? []
  return (Number(fields[11]) + Number(fields[12])) * 10
}

/** Starts so many requests, one every 1/20 s, and gives the time from each one's scheduled start to its end. */
async function onSchedule(count: number, ask: (index: number) => Promise<boolean>): Promise<Answer[]> {
  const startAt = performance.now() + 100
  return await Promise.all(
    Array.from({ length: count }, async (_, index) => {
      const dueAt = startAt + (index * 1_000) / perSecond
      await delay(Math.max(0, dueAt - performance.now()))
      const isWhole = await ask(index)
      return { ms: performance.now() - dueAt, isWhole }
    }),
  )
}

/** Gets the path of a page to its last byte; whether it was a whole page with status 200. */
function pageClient(url: string, cookie: string): (path: string) => Promise<boolean> {
  // In turns, so that no connection is idle for so long that the server closes it under a request.
  const agent = new http.Agent({ keepAlive: true, scheduling: 'fifo' })
  const { port } = new URL(url)
  const ask = (path: string): Promise<boolean> =>
    new Promise((resolve, reject) => {
      const headers = { cookie, host: `localhost:${port}`, accept: 'text/html' }
      const request = http.get({ host: '127.0.0.1', port, path, agent, headers }, (response) => {
        const chunks: Buffer[] = []
        response.on('data', (chunk: Buffer) => chunks.push(chunk))
        response.on('error', reject)
        response.on('end', () => {
          const page = Buffer.concat(chunks).toString()
          // What fails behind a boundary arrives as a digest in a page that began with status 200.
          resolve(response.statusCode === 200 && page.includes('</html>') && !page.includes('data-dgst'))
        })
      })
      request.on('error', (error: NodeJS.ErrnoException) => {
        // It was closed all the same: the request has not been read, and its time goes on.
        if (request.reusedSocket && error.code === 'ECONNRESET') resolve(ask(path))
        else reject(error)
      })
    })
  return ask
}
