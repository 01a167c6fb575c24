import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { cleanEnv } from '../demo/environment'
import { root } from '../demo/sources'
import { type Emulator, startEmulator } from '../emulator/start'
import { type BenchDatabase, openBenchServer } from './database'
import type { Findings } from './report'

const calls = 1_000
/** 90 % of the 200 a second that the provider allows. */
const pacedPerSecond = 180
const latencyMs = 50
const processCounts = [1, 2]
const bar = 1.15

export type WorkerTask = { databaseUrl: string; emulatorUrl: string; userIds: string[]; atOnce: number }
export type WorkerFindings = { failed: number }

/** A thousand mutes of one each, paced through one PostgreSQL by one and by two processes. */
export async function measureThrottle(): Promise<Findings> {
  const database = await openBenchServer()
  const emulator = await startEmulator({ latencyMs })
  try {
    const findings: Findings = { rows: [], notes: [] }
    for (const processes of processCounts) {
      const { rows, notes } = await measureWith(processes, database, emulator)
      findings.rows.push(...rows)
      findings.notes.push(...notes)
    }
    return findings
  } finally {
    await emulator.close()
    await database.close()
  }
}

async function measureWith(
  processes: number,
  { url = '' }: BenchDatabase,
  emulator: Emulator,
): Promise<Findings> {
  await emulator.control.reset('empty')
  const userIds = Array.from({ length: calls }, (_, index) => `account-${index}`)
  await emulator.control.seed({ accounts: userIds.map((id) => ({ id })) })
  const workers = Array.from({ length: processes }, (_, index) =>
    startWorker({
      databaseUrl: url,
      emulatorUrl: emulator.url,
      userIds: userIds.filter((_id, place) => place % processes === index),
      atOnce: 60 / processes,
    }),
  )
  await Promise.all(workers.map((worker) => answer(worker)))
  const startedAt = performance.now()
  const answers = Promise.all(workers.map((worker) => answer(worker)))
  for (const worker of workers) worker.send('go')
  const results = (await answers) as WorkerFindings[]
  const seconds = (performance.now() - startedAt) / 1_000

  const { overLimit, apis } = await emulator.control.stats()
  const peak = apis.find(({ api }) => api === 'setnospeaking')?.peakPerSecond ?? 0
  const failed = results.reduce((sum, result) => sum + result.failed, 0)
  const applied = (await emulator.control.journal()).length
  const name = `${calls} calls by ${processes === 1 ? '1 process' : `${processes} processes`}`
  return {
    rows: [
      { work: name, value: seconds, unit: 's', bar: (calls / pacedPerSecond) * bar },
      { work: `${name}: answers "over limit"`, value: overLimit, unit: 'calls', bar: 0 },
      { work: `${name}: not applied`, value: calls - applied + failed, unit: 'calls', bar: 0 },
    ],
    notes: [`${name}: at most ${peak} of the 200 that a second allows; the pacing allows ${pacedPerSecond}`],
  }
}

function startWorker(task: WorkerTask): ChildProcess {
  const file = fileURLToPath(import.meta.resolve('./throttle-worker.ts'))
  const loader = ['--conditions=react-server', '--import', 'tsx']
  return spawn(process.execPath, [...loader, file, JSON.stringify(task)], {
    cwd: root,
    env: cleanEnv(),
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
}

/** The worker's next message. Throws when it ends without one. */
async function answer(worker: ChildProcess): Promise<unknown> {
  const stop = new AbortController()
  const ended = once(worker, 'exit', { signal: stop.signal }).then(() => {
    throw new Error('a worker of the bench ended early')
  })
  ended.catch(() => {})
  try {
    const [message] = await Promise.race([once(worker, 'message'), ended])
    return message
  } finally {
    stop.abort()
  }
}
