import { expect } from '@playwright/test'
import type { FaultInput } from '../emulator/fault-schemas'
import type { ApiName, CallEntry } from '../emulator/schemas'
import type { Stage, Trial } from './stage'

/** How many commands are at a point when the console is killed there. */
export const atEachPoint = 20
/** The provider is given up on after 5 s: until then a held call stays where it is. */
const holdMs = 60_000
/** How long to wait for the others once one is there: shorter than it stays there. */
const graceMs = 3_500

type Point = {
  api: ApiName
  isThere(call: CallEntry): boolean
  count?: number
}

/** Waits until the calls of all trials look as wanted, then kills the console. Returns how many did. */
export async function killWhen(
  stage: Stage,
  trials: readonly Trial[],
  { api, isThere, count = trials.length }: Point,
): Promise<number> {
  let caught = 0
  let firstAt = Number.POSITIVE_INFINITY
  const isTime = async () => {
    const calls = (await stage.callsOf(trials, api)).filter(isThere)
    caught = new Set(calls.flatMap(({ accounts }) => accounts)).size
    if (caught > 0) firstAt = Math.min(firstAt, performance.now())
    return caught >= count || performance.now() - firstAt > graceMs
  }
  const message = `${count} calls of ${api} are where they are to be killed`
  await expect.poll(isTime, { message, timeout: 60_000, intervals: [50] }).toBe(true)
  await stage.kill()
  await stage.emulator.clearFaults()
  return caught
}

/**
 * Kills the console under 20 commands whose calls `arm` catches at a point: in as many rounds as that takes, because
 * on a busy machine the first is given up before the last has come there. The console is dead afterwards.
 */
export async function killAt(
  stage: Stage,
  point: string,
  api: ApiName,
  arm: (trials: readonly Trial[]) => FaultInput[],
  isThere: Point['isThere'] = isHeld,
): Promise<void> {
  for (let caught = 0; caught < atEachPoint; ) {
    await stage.wake()
    const trials = await stage.prepare(point, atEachPoint - caught)
    await stage.emulator.addFaults(...arm(trials))
    stage.send(trials)
    caught += await killWhen(stage, trials, { api, isThere })
  }
}

/**
 * Faults that hold the trials' calls where they are; `fault` says which calls, and where if not after they were
 * applied.
 */
export const hold = (trials: readonly Trial[], fault: { api: ApiName } & Partial<FaultInput>) =>
  faults(trials, { kind: 'delay', ms: holdMs, times: 'always', ...fault })

/** The same fault for each trial's account. */
export const faults = (trials: readonly Trial[], fault: object) =>
  trials.map(({ account }) => ({ ...fault, account }) as FaultInput)

/** Not merely on its way, as every call is for a while on a busy machine. */
export const isHeld = ({ state, fault }: CallEntry) => state === 'pending' && fault === 'delay'
