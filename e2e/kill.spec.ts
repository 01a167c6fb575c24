import { expect, test } from '@playwright/test'
import { atEachPoint, faults, hold, isHeld, killAt, killWhen } from './crash/kill-at'
import { expectWholeRecord, reckon, untilSettled } from './crash/reckoning'
import { type Stage, startStage, type Trial } from './crash/stage'
import { createRandom } from './emulator/random'

/**
 * The console is killed with SIGKILL at each point between a moderator's wish and its outcome, with 20 commands at
 * that point. The database is the embedded one; the provider's stand-in says when a command has got where. All of it
 * happens to one console, so that each life of it also settles what the kills before have left, and the last test holds
 * everything against the provider and the record.
 */

test.describe.configure({ mode: 'serial', timeout: 300_000 })

let stage: Stage
test.beforeAll(async () => {
  test.setTimeout(180_000)
  stage = await startStage()
})
test.afterAll(() => stage?.stop())

test('killed while reading what holds, before the command is on record', async () => {
  await killAt(stage, 'reading', 'getnospeaking', (trials) => hold(trials, { api: 'getnospeaking' }))
})

test('killed while the command is on record and waits for its turn to be sent', async () => {
  for (let caught = 0; caught < atEachPoint; ) {
    await stage.kill()
    // So few calls a second that most commands wait; counts from the next start.
    stage.limitCalls('beta', { setnospeaking: 3 })
    await stage.wake()
    const trials = await stage.prepare('waiting', atEachPoint + 10, 'beta')
    stage.send(trials)
    await expect.poll(() => isLineLong(trials), { timeout: 60_000, intervals: [50] }).toBe(true)
    await stage.kill()
    stage.limitCalls('beta', {})
    await stage.wake()
    caught += await writtenAndNotSent(trials)
  }
  await stage.kill()
})

test('killed while the call is on its way', async () => {
  await killAt(stage, 'arriving', 'setnospeaking', (trials) =>
    hold(trials, { api: 'setnospeaking', ms: 4_500, when: 'before-applying' }),
  )
})

test('killed after the provider applied it: answer held, answer lost, reading back', async () => {
  await killAt(stage, 'answering', 'setnospeaking', (trials) => hold(trials, { api: 'setnospeaking' }))
  await killAt(
    stage,
    'cut',
    'setnospeaking',
    (trials) => faults(trials, { kind: 'drop-after', api: 'setnospeaking' }),
    ({ state }) => state === 'dropped',
  )
  await killAt(stage, 'verifying', 'getnospeaking', (trials) => [
    // The first reading, before the command, is only a little longer; the second one is held.
    ...faults(trials, { kind: 'huge', bytes: 1, api: 'getnospeaking' }),
    ...hold(trials, { api: 'getnospeaking' }),
  ])
})

test('killed while settling what earlier kills left behind', async () => {
  // Sent, and so on record: open until a reading tells what became of them.
  await killAt(stage, 'settling', 'setnospeaking', (trials) => hold(trials, { api: 'setnospeaking' }))
  const left = stage.trials.filter(({ point }) => point === 'settling')
  await stage.emulator.addFaults(...hold(left, { api: 'getnospeaking' }))
  // The provider still holds calls of the lives before.
  const since = Date.now()
  await stage.wake()
  // How many are read at once depends on how many leases have ended by then, and on the circuit, which opens soon.
  await killWhen(stage, left, {
    api: 'getnospeaking',
    isThere: (call) => call.at >= since && isHeld(call),
    count: 1,
  })
})

test('killed at random moments of bursts', async () => {
  const random = createRandom(20_260_731)
  await stage.emulator.setLatency(20)
  for (const burst of ['first', 'second', 'third']) {
    await stage.wake()
    const trials = await stage.prepare(burst, atEachPoint)
    // Each command makes four calls: whether there is such an account, what holds, the change, and reading back.
    const moment = atEachPoint + Math.floor(random() * 3 * atEachPoint)
    stage.send(trials)
    await expect
      .poll(async () => (await stage.callsOf(trials)).length, { timeout: 60_000, intervals: [5] })
      .toBeGreaterThanOrEqual(moment)
    await stage.kill()
  }
  await stage.emulator.setLatency(0)
})

test('after all these kills nothing is lost, nothing doubled, each end is right and the record is whole', async () => {
  await stage.wake()
  const { histories, afterMs } = await untilSettled(stage)
  const reckoning = await reckon(stage, histories)
  test.info().annotations.push({ type: 'figures', description: JSON.stringify({ afterMs, ...reckoning }) })
  const { reading, ...recorded } = reckoning.commandsAt
  expect(reading, 'on record before anything was asked of the provider').toBeUndefined()
  for (const point of ['waiting', 'arriving', 'answering', 'cut', 'verifying', 'settling'])
    expect(recorded[point], point).toBeGreaterThanOrEqual(atEachPoint)
  expect(await stage.demo.stopConsole()).toBe('ended with code 0')
  await expectWholeRecord(stage, reckoning.commands)
})

/** Whether enough commands have read what holds and have not been sent, or none is left to wait for. */
async function isLineLong(trials: readonly Trial[]): Promise<boolean> {
  const calls = await stage.callsOf(trials)
  const accountsOf = (fits: (call: (typeof calls)[number]) => boolean) =>
    new Set(calls.filter(fits).flatMap(({ accounts }) => accounts))
  const read = accountsOf(({ api, state }) => api === 'getnospeaking' && state === 'answered')
  const sent = accountsOf(({ api }) => api === 'setnospeaking')
  return (
    read.size === trials.length || [...read].filter((account) => !sent.has(account)).length > atEachPoint + 2
  )
}

/**
 * How many of the trials' commands are on record and have not been sent. Asked right after a restart, before leases
 * end.
 */
async function writtenAndNotSent(trials: readonly Trial[]): Promise<number> {
  const sent = new Set((await stage.callsOf(trials, 'setnospeaking')).flatMap(({ accounts }) => accounts))
  const histories = await Promise.all(trials.map(stage.history))
  return trials.filter(
    ({ account }, index) => !sent.has(account) && histories[index]?.[0]?.status === 'requested',
  ).length
}
