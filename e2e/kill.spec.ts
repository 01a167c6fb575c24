import { expect, test } from '@playwright/test'
import { expectWholeRecord, type Reckoning, reckon, untilSettled } from './crash/reckoning'
import { type Stage, startStage, type Trial } from './crash/stage'
import type { FaultInput } from './emulator/fault-schemas'
import { createRandom } from './emulator/random'
import type { ApiName, CallEntry } from './emulator/schemas'

/**
 * The console is killed with SIGKILL at each point between a moderator's wish and its outcome, with 20 commands at
 * that point. The database is the embedded one; the provider's stand-in says when a command has got where.
 */

const atEachPoint = 20
/** The provider is given up on after 5 s: until then a held call stays where it is. */
const holdMs = 60_000

test.describe.configure({ mode: 'parallel', timeout: 150_000 })

let stage: Stage
test.beforeEach(async () => {
  stage = await startStage()
})
test.afterEach(() => stage.stop())

/** Waits until the calls of all trials look as wanted, then kills the console and gives free what hung back. */
async function killWhen(
  trials: readonly Trial[],
  {
    api,
    isThere,
    count = trials.length,
  }: { api: ApiName; isThere(call: CallEntry): boolean; count?: number },
): Promise<void> {
  const arrived = async () => {
    const calls = (await stage.callsOf(trials, api)).filter(isThere)
    return new Set(calls.flatMap(({ accounts }) => accounts)).size
  }
  await expect.poll(arrived, { timeout: 30_000, intervals: [50] }).toBeGreaterThanOrEqual(count)
  await stage.demo.killConsole()
  await stage.emulator.clearFaults()
}

/** How many of the trials' commands are on record and have not been sent. Asked right after a restart, before leases end. */
async function writtenAndNotSent(trials: readonly Trial[]): Promise<number> {
  const sent = new Set((await stage.callsOf(trials, 'setnospeaking')).flatMap(({ accounts }) => accounts))
  const histories = await Promise.all(trials.map(stage.history))
  return trials.filter(
    ({ account }, index) => !sent.has(account) && histories[index]?.[0]?.status === 'requested',
  ).length
}

/** Starts the console again, waits until all is settled, and holds it against the provider and the record. */
async function restartAndReckon(): Promise<Reckoning> {
  return reckonAfter(await stage.demo.startConsole())
}

async function reckonAfter(startMs: number): Promise<Reckoning> {
  const settledMs = await untilSettled(stage, performance.now())
  const reckoning = await reckon(stage)
  expect(await stage.demo.stopConsole()).toBe('ended with code 0')
  await expectWholeRecord(stage, reckoning.commands)
  const description = JSON.stringify({ startMs, settledMs, ...reckoning })
  test.info().annotations.push({ type: 'figures', description })
  return reckoning
}

/** Faults that hold the trials' calls where they are; `fault` says which calls, and where if not after they were applied. */
const hold = (trials: readonly Trial[], fault: { api: ApiName } & Partial<FaultInput>) =>
  faults(trials, { kind: 'delay', ms: holdMs, times: 'always', ...fault })

const faults = (trials: readonly Trial[], fault: object) =>
  trials.map(({ account }) => ({ ...fault, account }) as FaultInput)

const isPending = ({ state }: CallEntry) => state === 'pending'

test('killed while reading what holds, before the command is on record', async () => {
  const trials = await stage.prepare('reading', atEachPoint)
  await stage.emulator.addFaults(...hold(trials, { api: 'getnospeaking' }))
  stage.send(trials)
  await killWhen(trials, { api: 'getnospeaking', isThere: isPending })

  const { neverRecorded } = await restartAndReckon()
  expect(neverRecorded).toBe(trials.length)
})

test('killed while the command is on record and waits for its turn to be sent', async () => {
  let startMs = 0
  for (let caught = 0; caught < atEachPoint; ) {
    // So few calls a second that most commands wait; counts from the next start.
    stage.limitCalls('beta', { setnospeaking: 4 })
    await stage.demo.killConsole()
    await stage.demo.startConsole()
    const trials = await stage.prepare('waiting', atEachPoint + 5, 'beta')
    stage.send(trials)
    await killWhen(trials, { api: 'getnospeaking', isThere: ({ state }) => state === 'answered' })
    stage.limitCalls('beta', {})
    startMs = await stage.demo.startConsole()
    caught += await writtenAndNotSent(trials)
  }
  await reckonAfter(startMs)
})

test('killed while the call is on its way', async () => {
  const trials = await stage.prepare('arriving', atEachPoint)
  await stage.emulator.addFaults(
    ...hold(trials, { api: 'setnospeaking', ms: 4_000, when: 'before-applying' }),
  )
  stage.send(trials)
  await killWhen(trials, { api: 'setnospeaking', isThere: isPending })

  const { commands } = await restartAndReckon()
  expect(commands).toBe(trials.length)
})

test('killed after the provider applied it: answer held, answer lost, reading back', async () => {
  const answering = await stage.prepare('answering', atEachPoint)
  await stage.emulator.addFaults(...hold(answering, { api: 'setnospeaking' }))
  stage.send(answering)
  await killWhen(answering, { api: 'setnospeaking', isThere: isPending })

  await stage.demo.startConsole()
  const cut = await stage.prepare('cut', atEachPoint)
  await stage.emulator.addFaults(...faults(cut, { kind: 'drop-after', api: 'setnospeaking' }))
  stage.send(cut)
  await killWhen(cut, { api: 'setnospeaking', isThere: ({ state }) => state === 'dropped' })

  await stage.demo.startConsole()
  const verifying = await stage.prepare('verifying', atEachPoint)
  // The first reading, before the command, passes; the second one is held.
  await stage.emulator.addFaults(...faults(verifying, { kind: 'delay', ms: 1, api: 'getnospeaking' }))
  await stage.emulator.addFaults(...hold(verifying, { api: 'getnospeaking' }))
  stage.send(verifying)
  await killWhen(verifying, { api: 'getnospeaking', isThere: isPending })

  const { commands } = await restartAndReckon()
  expect(commands).toBe(stage.trials.length)
})

test('killed while settling what an earlier kill left behind', async () => {
  const left = await stage.prepare('left', atEachPoint)
  await stage.emulator.addFaults(...hold(left, { api: 'setnospeaking' }))
  stage.send(left)
  await killWhen(left, { api: 'setnospeaking', isThere: isPending })

  await stage.emulator.addFaults(...hold(left, { api: 'getnospeaking' }))
  await stage.demo.startConsole()
  // How many are read at once depends on how many leases have ended by then, and on the circuit, which opens soon.
  await killWhen(left, { api: 'getnospeaking', isThere: isPending, count: 1 })

  const { commands } = await restartAndReckon()
  expect(commands).toBe(left.length)
})

test('killed at random moments of bursts', async () => {
  const random = createRandom(20_260_731)
  for (const burst of ['first', 'second', 'third']) {
    await stage.emulator.setLatency(20)
    const trials = await stage.prepare(burst, atEachPoint)
    const before = (await stage.emulator.calls()).length
    // Each command makes four calls: whether there is such an account, what holds, the change, and reading back.
    const moment = before + atEachPoint + Math.floor(random() * 3 * atEachPoint)
    stage.send(trials)
    await expect
      .poll(async () => (await stage.emulator.calls()).length, { timeout: 20_000, intervals: [5] })
      .toBeGreaterThanOrEqual(moment)
    await stage.demo.killConsole()
    if (burst !== 'third') await stage.demo.startConsole()
  }
  await stage.emulator.setLatency(0)
  await restartAndReckon()
})
