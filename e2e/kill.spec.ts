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

test.describe.configure({ mode: 'parallel', timeout: 300_000 })

let stage: Stage
test.beforeEach(async () => {
  stage = await startStage()
})
test.afterEach(() => stage.stop())

type Point = {
  api: ApiName
  isThere(call: CallEntry): boolean
  count?: number
  /** how long to wait for the others once one is there */
  graceMs?: number
}

/** Waits until the calls of all trials look as wanted, then kills the console. Returns how many did. */
async function killWhen(
  trials: readonly Trial[],
  { api, isThere, count = trials.length, graceMs = Number.POSITIVE_INFINITY }: Point,
): Promise<number> {
  let caught = 0
  let firstAt = Number.POSITIVE_INFINITY
  const isTime = async () => {
    const calls = (await stage.callsOf(trials, api)).filter(isThere)
    caught = new Set(calls.flatMap(({ accounts }) => accounts)).size
    if (caught > 0) firstAt = Math.min(firstAt, performance.now())
    return caught >= count || performance.now() - firstAt > graceMs
  }
  await expect.poll(isTime, { timeout: 60_000, intervals: [50] }).toBe(true)
  await stage.demo.killConsole()
  await stage.emulator.clearFaults()
  return caught
}

/**
 * Kills the console under 20 commands whose calls `arm` holds up at a point: in as many rounds as that takes, because
 * on a busy machine the first is given up before the last has come there.
 */
async function killAt(point: string, api: ApiName, arm: (trials: readonly Trial[]) => Promise<void>) {
  for (let caught = 0; caught < atEachPoint; ) {
    if (caught > 0) await stage.demo.startConsole()
    const trials = await stage.prepare(point, atEachPoint - caught)
    await arm(trials)
    stage.send(trials)
    caught += await killWhen(trials, { api, isThere: isHeld, graceMs: 2_500 })
  }
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

/** Not merely on its way: the others are answered at once. */
const isHeld = ({ state, at }: CallEntry) => state === 'pending' && Date.now() - at > 300

test('killed while reading what holds, before the command is on record', async () => {
  await killAt('reading', 'getnospeaking', async (trials) => {
    await stage.emulator.addFaults(...hold(trials, { api: 'getnospeaking' }))
  })

  const { neverRecorded } = await restartAndReckon()
  expect(neverRecorded).toBe(stage.trials.length)
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
  await killAt('arriving', 'setnospeaking', async (trials) => {
    await stage.emulator.addFaults(
      ...hold(trials, { api: 'setnospeaking', ms: 4_000, when: 'before-applying' }),
    )
  })

  const { commands } = await restartAndReckon()
  expect(commands).toBeGreaterThanOrEqual(atEachPoint)
})

test('killed after the provider applied it: answer held, answer lost, reading back', async () => {
  await killAt('answering', 'setnospeaking', async (trials) => {
    await stage.emulator.addFaults(...hold(trials, { api: 'setnospeaking' }))
  })

  await stage.demo.startConsole()
  const cut = await stage.prepare('cut', atEachPoint)
  await stage.emulator.addFaults(...faults(cut, { kind: 'drop-after', api: 'setnospeaking' }))
  stage.send(cut)
  await killWhen(cut, { api: 'setnospeaking', isThere: ({ state }) => state === 'dropped' })

  await stage.demo.startConsole()
  await killAt('verifying', 'getnospeaking', async (trials) => {
    // The first reading, before the command, passes; the second one is held.
    await stage.emulator.addFaults(...faults(trials, { kind: 'delay', ms: 1, api: 'getnospeaking' }))
    await stage.emulator.addFaults(...hold(trials, { api: 'getnospeaking' }))
  })

  const { commands } = await restartAndReckon()
  expect(commands).toBeGreaterThanOrEqual(3 * atEachPoint)
})

test('killed while settling what an earlier kill left behind', async () => {
  const holdChanges = async (trials: readonly Trial[]) => {
    await stage.emulator.addFaults(...hold(trials, { api: 'setnospeaking' }))
  }
  await killAt('left', 'setnospeaking', holdChanges)

  await stage.emulator.addFaults(...hold(stage.trials, { api: 'getnospeaking' }))
  await stage.demo.startConsole()
  // How many are read at once depends on how many leases have ended by then, and on the circuit, which opens soon.
  await killWhen(stage.trials, { api: 'getnospeaking', isThere: isHeld, count: 1 })

  const { commands } = await restartAndReckon()
  expect(commands).toBeGreaterThanOrEqual(atEachPoint)
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
      .poll(async () => (await stage.emulator.calls()).length, { timeout: 60_000, intervals: [5] })
      .toBeGreaterThanOrEqual(moment)
    await stage.demo.killConsole()
    if (burst !== 'third') await stage.demo.startConsole()
  }
  await stage.emulator.setLatency(0)
  await restartAndReckon()
})
