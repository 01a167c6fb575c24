import { mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { sql } from 'drizzle-orm'
import { expect, onTestFinished, test } from 'vitest'
import type { Db } from '@/lib/db'
import { type OpenDatabase, openEmbedded, openServer } from '@/lib/db/open'
import { muteCommands } from '@/lib/db/schema'
import { databaseNow } from '@/lib/db/schema/columns'
import { expectNothingLost, startRun } from '@/lib/testing/bulk-kill'
import { startBulkStage } from '@/lib/testing/bulk-stage'
import type { BulkWorkerTask } from '@/lib/testing/bulk-worker'
import { type Child, startChild } from '@/lib/testing/child'
import { createServerDatabase } from '@/lib/testing/fresh-db'

type Stage = Awaited<ReturnType<typeof startBulkStage>>
type Control = Stage['control']

/**
 * Where a process dies. `at`: the statement or call it does not come to any more; else the provider holds all its
 * calls.
 */
const points: readonly { after: string; at?: RegExp; held?: 'before-applying' | 'after-applying' }[] = [
  { after: 'the job was taken', at: /insert into "throttle_limits"/ },
  { after: 'a permit was taken', at: /from "bulk_mute_items" .* for update skip locked/ },
  {
    after: 'commands were written, not yet committed',
    at: /^update "bulk_mute_items" set "command_id" = taken/,
  },
  { after: 'accounts were claimed', at: /^POST .*setnospeaking/ },
  { after: 'calls left, which arrive when it is dead', held: 'before-applying' },
  { after: 'calls were applied, before the answers', held: 'after-applying' },
  { after: 'answers came', at: /^update "mute_commands" set .*told\.status/ },
  { after: 'outcomes were written, not yet committed', at: /^update "mute_states" set .*move\.command_id/ },
]
/** In the transaction that ends the run. */
const ending = /^select .*count\(\*\) from "bulk_mute_items" left join "mute_commands" .* group by/
const nowhere = /(?!)/

const isSaid = (wanted: string) => (line: string) => line === wanted

/** Kills one worker after the other, each at the next point, and lets a last one end the run. */
async function killAtEveryPoint(
  control: Control,
  task: BulkWorkerTask,
  inDatabase: (work: (db: Db) => Promise<unknown>) => Promise<void>,
): Promise<void> {
  let worker: Child | undefined
  onTestFinished(() => worker?.kill())
  const begin = async (at: RegExp) => {
    worker = startChild('hold-worker.ts', JSON.stringify(task), at.source)
    await worker.until(isSaid('ready'))
    return worker
  }
  for (const { at = nowhere, held } of points) {
    const done = (await control.journal()).length
    const calls = (await control.calls()).length
    if (held)
      await control.addFaults({
        kind: 'delay',
        ms: 60_000,
        when: held,
        api: 'setnospeaking',
        times: 'always',
      })
    const process = await begin(at)
    if (!held) await process.until(isSaid('stands still'))
    const arrived = async () =>
      held === 'after-applying'
        ? (await control.journal()).length > done
        : (await control.calls()).slice(calls).some(({ api }) => api === 'setnospeaking')
    if (held) await expect.poll(arrived, { interval: 20 }).toBe(true)
    await process.kill()
    await control.clearFaults()
    await control.releaseCalls()
  }
  // So much time passes that nothing is on its way any more.
  const passed = sql`${databaseNow} - interval '1 second'`
  await inDatabase((db) => db.update(muteCommands).set({ leaseUntil: passed, mayArriveUntil: passed }))
  const last = await begin(ending)
  await last.until(isSaid('stands still'))
  await last.kill()
  const heir = await begin(nowhere)
  await heir.until(isSaid('at rest'))
  await heir.kill()
}

/** More than what the killed processes take at once, all together. */
const accounts = 72
const callsPerSecond = 16

test('a kill at each point of a run loses nothing and doubles nothing on PostgreSQL', async () => {
  const database = await createServerDatabase()
  const opened = await openServer(database.url)
  const stage = await startBulkStage(opened.db)
  onTestFinished(async () => {
    await stage.world.close()
    await opened.close()
    await database.drop()
  })
  const run = await startRun(stage, accounts)
  const task = { databaseUrl: database.url, emulatorUrl: stage.control.url, callsPerSecond }
  await killAtEveryPoint(stage.control, task, async (work) => void (await work(opened.db)))
  await expectNothingLost(opened.db, stage, run)
})

test('a kill at each point of a run loses nothing and doubles nothing on the embedded database', async () => {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'hushdesk-points-'))
  const dataDir = path.join(folder, 'data')
  let opened: OpenDatabase | undefined = await openEmbedded(dataDir)
  const close = async () => {
    await opened?.close()
    opened = undefined
  }
  const stage = await startBulkStage(opened.db)
  onTestFinished(async () => {
    await stage.world.close()
    await close()
    await rm(folder, { recursive: true, force: true })
  })
  const run = await startRun(stage, accounts)
  await close()
  const inDatabase = async (work: (db: Db) => Promise<unknown>) => {
    opened = await openEmbedded(dataDir)
    await work(opened.db)
    await close()
  }
  await killAtEveryPoint(
    stage.control,
    { dataDir, emulatorUrl: stage.control.url, callsPerSecond },
    inDatabase,
  )
  await inDatabase((db) => expectNothingLost(db, stage, run))
})
