import { mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { test } from 'vitest'
import { createRandom } from '@/e2e/emulator/random'
import { openEmbedded, openServer } from '@/lib/db/open'
import { expectNothingLost, startRun } from '@/lib/testing/bulk-kill'
import { startBulkStage } from '@/lib/testing/bulk-stage'
import type { BulkWorkerTask } from '@/lib/testing/bulk-worker'
import { type Child, startChild } from '@/lib/testing/child'
import { layEmbedded } from '@/lib/testing/fresh-db'
import { startPostgres } from '@/lib/testing/postgres'

const isReady = (line: string) => line === 'ready'

/** A provider that refuses, breaks and forgets to answer. */
const storm = [
  { kind: 'status', status: 503, probability: 0.15, seed: 11, api: 'setnospeaking', times: 'always' },
  { kind: 'drop-after', probability: 0.1, seed: 12, api: 'setnospeaking', times: 'always' },
] as const

// Both mostly wait for leases to end and for the provider's pace: beside one another, each for itself slower.
const options = { timeout: 400_000 }

test.concurrent(
  'kills, stalls and restarts of three instances and of their PostgreSQL lose nothing and double nothing',
  options,
  async ({ expect, onTestFinished }) => {
    const postgres = await startPostgres()
    const opened = await openServer(postgres.url)
    const stage = await startBulkStage(opened.db)
    const task: BulkWorkerTask = {
      databaseUrl: postgres.url,
      emulatorUrl: stage.control.url,
      callsPerSecond: 16,
    }
    const random = createRandom(20_261_121)
    let workers: Child[] = []
    onTestFinished(async () => {
      await Promise.all(workers.map((worker) => worker.kill()))
      await stage.world.close()
      await opened.close()
      await postgres.stop()
    })
    const run = await startRun(stage, 100)
    await stage.control.addFaults(...storm)
    const begin = () => startChild('bulk-worker.ts', JSON.stringify(task))
    workers = [begin(), begin(), begin()]
    await Promise.all(workers.map((worker) => worker.until(isReady)))
    // Stands still for longer than its lease: whatever it does after that comes too late.
    const stalled = workers[2]
    stalled?.signal('SIGSTOP')
    for (let kills = 0; kills < 15; kills += 1) {
      // So PostgreSQL goes away every 5 to 10 seconds.
      await delay(1_000 + random() * 1_000)
      if (kills % 5 === 4) await postgres.restart(random() * 1_000)
      const index = kills % 2
      if (kills === 7) workers[index]?.tell('stop')
      else await workers[index]?.kill()
      workers[index] = begin()
    }
    stalled?.signal('SIGCONT')
    const status = async () => (await stage.look(run.id)).status
    await expect.poll(status, { timeout: 150_000, interval: 200 }).toBe('done')
    await expectNothingLost(opened.db, stage, run)
  },
)

test.concurrent(
  'eight kills of the one process of the embedded database lose nothing and double nothing',
  options,
  async ({ onTestFinished }) => {
    const folder = await mkdtemp(path.join(os.tmpdir(), 'hushdesk-bulk-'))
    const dataDir = path.join(folder, 'data')
    await layEmbedded(dataDir)
    const first = await openEmbedded(dataDir)
    const stage = await startBulkStage(first.db)
    const task: BulkWorkerTask = { dataDir, emulatorUrl: stage.control.url, callsPerSecond: 16 }
    let worker: Child | undefined
    onTestFinished(async () => {
      await worker?.kill()
      await stage.world.close()
      await rm(folder, { recursive: true, force: true })
    })
    const run = await startRun(stage, 80)
    await first.close()
    await stage.control.addFaults(...storm)
    const random = createRandom(20_261_122)
    for (let kills = 0; kills < 8; kills += 1) {
      worker = startChild('bulk-worker.ts', JSON.stringify(task))
      await worker.until(isReady)
      await delay(100 + random() * 700)
      await worker.kill()
    }
    worker = startChild('bulk-worker.ts', JSON.stringify(task))
    await worker.until(isReady)
    // The worker has the database to itself, and tells when every outcome is on record.
    await worker.until((line) => line === 'at rest')
    await worker.kill()
    const last = await openEmbedded(dataDir)
    await expectNothingLost(last.db, stage, run)
    await last.close()
  },
)
