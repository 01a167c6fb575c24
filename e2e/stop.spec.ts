import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from '@playwright/test'
import { type Stage, startStage } from './crash/stage'
import { root } from './demo/sources'
import { openSession } from './fixtures'
import { cookieHeader } from './server-actions'

// On one console, which the second one stops.
test.describe.configure({ mode: 'default', timeout: 180_000 })

let stage: Stage | undefined
test.beforeAll(async () => {
  stage = await startStage()
})
test.afterAll(() => stage?.stop())

function requireStage(): Stage {
  if (!stage) throw new Error('the stage did not start')
  return stage
}

/** Runs `npm run user` on the console's database. */
function runUser(...args: string[]) {
  const startedAt = performance.now()
  const command = ['--conditions=react-server', '--import', 'tsx', 'lib/cli/user.ts', ...args]
  const { env } = requireStage().demo
  const { status, stdout, stderr } = spawnSync(process.execPath, command, {
    cwd: root,
    env,
    encoding: 'utf8',
  })
  return { status, stdout, stderr, ms: performance.now() - startedAt }
}

/** What the lock's newest file says of its holder. */
function newestLock(): { pid: number; released: boolean } {
  const folder = `${requireStage().demo.env.DATA_DIR}.lock`
  const newest = Math.max(
    ...readdirSync(folder)
      .filter((name) => /^\d+$/.test(name))
      .map(Number),
  )
  return JSON.parse(readFileSync(path.join(folder, String(newest)), 'utf8'))
}

test('a second opener of the embedded database stops with one clear line', async () => {
  const { demo } = requireStage()
  const withoutDatabase = runUser('--help')
  // Tried again when the machine was busy with something else.
  await expect(() => {
    const { status, stderr, stdout, ms } = runUser('list')
    expect(status).toBe(1)
    expect(stdout).toBe('')
    expect(stderr).toBe(
      `The embedded database in ${demo.env.DATA_DIR} is in use by process ${demo.consolePid}. ` +
        'It takes one process: stop that one first, or set DATABASE_URL to a PostgreSQL server.\n',
    )
    expect(ms - withoutDatabase.ms, 'beyond what any command takes to start').toBeLessThan(2_000)
  }).toPass({ timeout: 60_000 })
  expect((await fetch(`${demo.consoleUrl}/api/health`)).status).toBe(200)
})

test('told to stop, the console finishes the command at work, closes its database, and starts again', async () => {
  const { demo, emulator, ...rest } = requireStage()
  const trials = await rest.prepare('stopping', 1)
  await emulator.addFaults({ kind: 'delay', ms: 1_500, api: 'setnospeaking' })
  rest.send(trials)
  await expect
    .poll(async () => (await rest.callsOf(trials, 'setnospeaking')).length, { intervals: [50] })
    .toBe(1)
  expect(newestLock()).toMatchObject({ pid: demo.consolePid, released: false })
  // An answer that goes on as long as somebody listens.
  const { cookies } = await openSession(demo, 'support')
  const followed = await fetch(`${demo.consoleUrl}/api/reports/live`, {
    headers: { cookie: cookieHeader(cookies) },
  })
  const told = followed.text()

  expect(await demo.stopConsole()).toBe('ended with code 0')
  expect(await told).toMatch(/^retry: /)
  expect(await trials[0]?.told).toMatchObject({ ok: true, data: { status: 'applied' } })
  expect(newestLock().released).toBe(true)
  expect(runUser('list').stdout).toContain('moderator@hushdesk.test')

  const startMs = await demo.startConsole()
  test.info().annotations.push({ type: 'figures', description: `started in ${startMs} ms` })
  const [trial] = trials
  expect(trial && (await rest.history(trial))[0]?.status).toBe('applied')
})
