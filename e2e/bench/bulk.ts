import { randomUUID } from 'node:crypto'
import { and, eq } from 'drizzle-orm'
import { maxBulkItems } from '../../lib/bulk-mutes/rules'
import { startBulkMute } from '../../lib/bulk-mutes/start'
import type { Db } from '../../lib/db'
import { bulkMutes, settings } from '../../lib/db/schema'
import { startBulkStage } from '../../lib/testing/bulk-stage'
import type { BulkWorkerTask } from '../../lib/testing/bulk-worker'
import { addActor } from '../../lib/testing/moderators'
import { measureScripts, timeBareGroupCalls } from './bulk-scripts'
import { startWorker } from './bulk-worker'
import { openBenchEmbedded, openBenchServer } from './database'
import type { Findings, Row } from './report'

const accounts = 500
/** 90 % of what the provider allows a second. */
const pacedPerSecond = { accounts: 180, rooms: 18 }
const latencies = [20, 50, 150]
const bar = 1.15
/** Of a group that takes all members in one call: by what a bare client waits for the same two calls. */
const groupLatencies = [50, 150] as const
const groupBar = 1.5

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
    return { rows: [...rows, overLimitRow(name, stage)], notes: [] }
  } finally {
    await stage.world.close()
  }
}

/** Of all runs that were timed: what the emulator has counted goes with each reset. */
const overLimits = new WeakMap<Stage, number>()

async function countOverLimit(stage: Stage): Promise<void> {
  const { overLimit } = await stage.control.stats()
  overLimits.set(stage, (overLimits.get(stage) ?? 0) + overLimit)
}

function overLimitRow(name: string, stage: Stage): Row {
  return { work: `${name}: answers "over limit"`, value: overLimits.get(stage) ?? 0, unit: 'calls', bar: 0 }
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
  await countOverLimit(stage)
  if (states.applied !== ids.length) throw new Error(`not all were muted: ${JSON.stringify(states)}`)
  return from && finishedAt ? (finishedAt - from) / 1_000 : (performance.now() - startedAt) / 1_000
}

/** By one cheap statement at a time: a whole look at the run would take up a third of what the embedded database does. */
async function untilDone({ db }: Stage, id: string): Promise<void> {
  const isDone = and(eq(bulkMutes.id, id), eq(bulkMutes.status, 'done'))
  while ((await db.$count(bulkMutes, isDone)) === 0) await new Promise((resolve) => setTimeout(resolve, 100))
}

async function timeGroups(name: string, stage: Stage): Promise<Row[]> {
  const members = Array.from({ length: accounts }, (_, index) => `member-${index}`)
  const tencent: Row[] = []
  for (const latencyMs of groupLatencies) {
    await stage.control.reset('empty')
    const groupId = `@TGS#2BENCH${latencyMs}`
    for (const id of [groupId, `${groupId}BARE`])
      await stage.world.addGroups({
        id,
        name: 'Bench',
        owner: 'lin',
        members: members.map((member) => ({ id: member })),
      })
    await stage.control.setLatency(latencyMs)
    const bare = await timeBareGroupCalls(stage.control.url, `${groupId}BARE`, members)
    await stage.control.setLatency(0)
    const seconds = await timeRun(stage, members, { kind: 'mute', groupId }, latencyMs, () => stage.work())
    const work = `${name}: ${accounts} members of a Tencent group (1 call and 1 reading, answers after ${latencyMs} ms)`
    tencent.push({ work, value: seconds, unit: 's', bar: bare * groupBar })
  }
  await stage.control.seed({ zego: { users: [{ id: 'moderation' }] } })
  await stage.world.addRoom('#bench', 'lin', ...members)
  const inRoom = { kind: 'mute' as const, connection: 'zim', groupId: '#bench' }
  const room = await timeRun(stage, members, inRoom, groupLatencies[0], () => stage.work())
  return [
    ...tencent,
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
    return { rows: [...rows, overLimitRow('PostgreSQL, two instances', stage)], notes: [] }
  } finally {
    for (const { stop } of workers) stop()
    await stage.world.close()
  }
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
    await countOverLimit(stage)
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
        overLimitRow('20 runs of 500 at once', stage),
      ],
      notes: [],
    }
  } finally {
    await stage.world.close()
  }
}
