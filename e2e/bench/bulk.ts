import { spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import path from 'node:path'
import readline from 'node:readline'
import { and, eq } from 'drizzle-orm'
import { maxBulkItems } from '../../lib/bulk-mutes/rules'
import { startBulkMute } from '../../lib/bulk-mutes/start'
import type { Db } from '../../lib/db'
import { bulkMutes, settings } from '../../lib/db/schema'
import { startBulkStage } from '../../lib/testing/bulk-stage'
import type { BulkWorkerTask } from '../../lib/testing/bulk-worker'
import { addActor } from '../../lib/testing/moderators'
import { cleanEnv } from '../demo/environment'
import { root } from '../demo/sources'
import { measureScripts } from './bulk-scripts'
import { openBenchEmbedded, openBenchServer } from './database'
import type { Findings, Row } from './report'

const accounts = 500
/** 90 % of what the provider allows a second. */
const pacedPerSecond = { accounts: 180, rooms: 18 }
const latencies = [20, 50, 150]
const bar = 1.15

type Stage = Awaited<ReturnType<typeof startBulkStage>>
type Wish = Parameters<Stage['create']>[1]

/** Runs of 500 accounts on both databases, with one and with two instances, beside what a script takes for the same. */
export async function measureBulk(): Promise<Findings> {
  const findings: Findings = { rows: [], notes: [] }
  const take = ({ rows, notes }: Findings) => {
    findings.rows.push(...rows)
    findings.notes.push(...notes)
  }
  const embedded = await openBenchEmbedded()
  try {
    take(await measureOn('PGlite', embedded.db))
  } finally {
    await embedded.close()
  }
  const server = await openBenchServer()
  try {
    take(await measureOn('PostgreSQL', server.db))
    take(await measureTwo(server.db, server.url ?? ''))
    take(await measureTwenty(server.db))
  } finally {
    await server.close()
  }
  take(await measureScripts(latencies, accounts))
  return findings
}

async function measureOn(name: string, db: Db): Promise<Findings> {
  const stage = await openStage(db)
  try {
    const rows: Row[] = []
    for (const latencyMs of latencies) {
      const seconds = await timeAccounts(stage, latencyMs, () => stage.work())
      const work = `${name}: ${accounts} accounts, answers after ${latencyMs} ms`
      rows.push({ work, value: seconds, unit: 's', bar: (accounts / pacedPerSecond.accounts) * bar })
    }
    rows.push(...(await timeGroups(name, stage)))
    const { overLimit } = await stage.control.stats()
    return { rows: [...rows, overLimitRow(name, overLimit)], notes: [] }
  } finally {
    await stage.world.close()
  }
}

function overLimitRow(name: string, value: number): Row {
  return { work: `${name}: answers "over limit"`, value, unit: 'calls', bar: 0 }
}

/** Nobody has to agree to a run of a bench. */
export async function openStage(db: Db): Promise<Stage> {
  const stage = await startBulkStage(db)
  await db
    .insert(settings)
    .values({ key: 'bulk-approval-above', value: maxBulkItems, changedBy: stage.actor.id })
    .onConflictDoNothing()
  return stage
}

/** Mutes 500 accounts, from the moderator's click until the run is done, in seconds. Throws when not all were muted. */
export async function timeAccounts(
  stage: Stage,
  latencyMs: number,
  work: () => Promise<unknown>,
): Promise<number> {
  await stage.control.reset('empty')
  // Not those of the run before: what was read of them a moment ago would not be read again.
  const run = randomUUID().slice(0, 8)
  const ids = Array.from({ length: accounts }, (_, index) => `${run}-${index}`)
  await stage.control.seed({ accounts: ids.map((id) => ({ id })) })
  return timeRun(stage, ids, { kind: 'mute' }, latencyMs, work)
}

/** From the moderator's click until the run is done, in seconds. Throws when not all were muted. */
async function timeRun(
  stage: Stage,
  ids: string[],
  wish: Wish,
  latencyMs: number,
  work: () => Promise<unknown>,
): Promise<number> {
  const { id } = await stage.create(ids, wish)
  await stage.work()
  await stage.control.setLatency(latencyMs)
  const token = String((await stage.look(id)).token)
  const startedAt = performance.now()
  await startBulkMute(stage.context, stage.actor, { bulkId: id, token })
  await Promise.all([work(), untilDone(stage, id)])
  const { startedAt: from, finishedAt, states } = await stage.look(id)
  await stage.control.setLatency(0)
  if (states.applied !== ids.length) throw new Error(`not all were muted: ${JSON.stringify(states)}`)
  return from && finishedAt ? (finishedAt - from) / 1_000 : (performance.now() - startedAt) / 1_000
}

/** By one cheap statement at a time: a whole look at the run would take up a third of what the embedded database does. */
async function untilDone({ db }: Stage, id: string): Promise<void> {
  const isDone = and(eq(bulkMutes.id, id), eq(bulkMutes.status, 'done'))
  while ((await db.$count(bulkMutes, isDone)) === 0) await new Promise((resolve) => setTimeout(resolve, 100))
}

async function timeGroups(name: string, stage: Stage): Promise<Row[]> {
  const latencyMs = 50
  const members = Array.from({ length: accounts }, (_, index) => `member-${index}`)
  await stage.control.reset('empty')
  await stage.world.addGroups({
    id: '@TGS#2BENCH',
    name: 'Bench',
    owner: 'lin',
    members: members.map((id) => ({ id })),
  })
  const inGroup = { kind: 'mute' as const, groupId: '@TGS#2BENCH' }
  const group = await timeRun(stage, members, inGroup, latencyMs, () => stage.work())
  await stage.control.seed({ zego: { users: [{ id: 'moderation' }] } })
  await stage.world.addRoom('#bench', 'lin', ...members)
  const inRoom = { kind: 'mute' as const, connection: 'zim', groupId: '#bench' }
  const room = await timeRun(stage, members, inRoom, latencyMs, () => stage.work())
  return [
    {
      work: `${name}: ${accounts} members of a Tencent group (1 call and 1 reading of ${latencyMs} ms)`,
      value: group,
      unit: 's',
      bar: ((2 * latencyMs) / 1_000) * 1.5,
    },
    {
      work: `${name}: ${accounts} members of a ZEGO group (25 calls)`,
      value: room,
      unit: 's',
      bar: (accounts / 20 / pacedPerSecond.rooms) * bar,
    },
  ]
}

/** The same by two instances with a process each. */
async function measureTwo(db: Db, databaseUrl: string): Promise<Findings> {
  const stage = await openStage(db)
  const task: BulkWorkerTask = { databaseUrl, emulatorUrl: stage.control.url, callsPerSecond: 200 }
  const workers = [startWorker(task), startWorker(task)]
  try {
    await Promise.all(workers.map(({ ready }) => ready))
    const rows: Row[] = []
    for (const latencyMs of latencies) {
      const seconds = await timeAccounts(stage, latencyMs, async () => {})
      const work = `PostgreSQL, two instances: ${accounts} accounts, answers after ${latencyMs} ms`
      rows.push({ work, value: seconds, unit: 's', bar: (accounts / pacedPerSecond.accounts) * bar })
    }
    const { overLimit } = await stage.control.stats()
    return { rows: [...rows, overLimitRow('PostgreSQL, two instances', overLimit)], notes: [] }
  } finally {
    for (const { stop } of workers) stop()
    await stage.world.close()
  }
}

function startWorker(task: BulkWorkerTask): { ready: Promise<void>; stop(): void } {
  const file = path.join(root, 'lib/testing/bulk-worker.ts')
  const loader = ['--conditions=react-server', '--import', 'tsx']
  const child = spawn(process.execPath, [...loader, file, JSON.stringify(task)], {
    cwd: root,
    env: cleanEnv(),
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const ready = new Promise<void>((resolve) => {
    readline.createInterface({ input: child.stdout }).once('line', () => resolve())
  })
  return { ready, stop: () => child.kill('SIGKILL') }
}

/** Twenty moderators start a run of 500 each at the same time. */
async function measureTwenty(db: Db): Promise<Findings> {
  const stage = await openStage(db)
  try {
    await stage.control.reset('empty')
    const runs = await Promise.all(
      Array.from({ length: 20 }, async (_, index) => {
        const author = await addActor(db)
        const ids = Array.from({ length: accounts }, (_id, place) => `m${index}-${place}`)
        await stage.control.seed({ accounts: ids.map((id) => ({ id })) })
        const { id } = await stage.create(ids, { kind: 'mute' }, author)
        return { id, author }
      }),
    )
    await stage.work(AbortSignal.timeout(300_000))
    for (const { id, author } of runs) {
      const token = String((await stage.look(id)).token)
      await startBulkMute(stage.context, author, { bulkId: id, token })
    }
    await Promise.all([
      stage.work(AbortSignal.timeout(300_000)),
      ...runs.map(({ id }) => untilDone(stage, id)),
    ])
    const looks = await Promise.all(runs.map(({ id }) => stage.look(id)))
    const seconds = looks.map(({ startedAt, finishedAt }) => (Number(finishedAt) - Number(startedAt)) / 1_000)
    const missed = looks.reduce((sum, { states }) => sum + accounts - states.applied, 0)
    const { overLimit } = await stage.control.stats()
    return {
      rows: [
        {
          work: '20 runs of 500 at once: all done',
          value: Math.max(...seconds),
          unit: 's',
          bar: ((20 * accounts) / pacedPerSecond.accounts) * bar,
        },
        {
          work: '20 runs of 500 at once: slowest by the fastest (times)',
          value: Math.max(...seconds) / Math.min(...seconds),
          unit: 'calls',
          bar: 2,
        },
        { work: '20 runs of 500 at once: not muted', value: missed, unit: 'calls', bar: 0 },
        overLimitRow('20 runs of 500 at once', overLimit),
      ],
      notes: [],
    }
  } finally {
    await stage.world.close()
  }
}
