import { setTimeout as wait } from 'node:timers/promises'
import type { Fault, FaultState } from './fault-schemas'
import { createRandom, type Random } from './random'
import type { ApiName } from './schemas'

/** What a fault needs to know of a call to see whether it fits. */
export type FaultTarget = {
  api: ApiName
  appId: number
  accounts: readonly string[]
  groups?: readonly string[] | undefined
  /** Whether its answer has a place for accounts that failed. */
  canFailInPart: boolean
}

/** The faults ordered by a test, in the order of their coming. */
export type Faults = {
  add(faults: readonly Fault[]): void
  /** The first waiting fault that fits and strikes, already counted; a call suffers at most one. */
  take(target: FaultTarget): Fault | null
  list(): FaultState[]
  clear(): void
  /** Waits so many real milliseconds or until calls are let go; throws when the signal aborts. */
  hold(ms: number, signal: AbortSignal): Promise<void>
  /** Lets all calls go that are held back now. */
  release(): void
}

type Waiting = FaultState & { random: Random }

/** Makes an empty queue of faults. */
export function createFaults(): Faults {
  let waiting: Waiting[] = []
  let held = new AbortController()

  return {
    add(faults) {
      for (const fault of faults) {
        const left = fault.times ?? (fault.probability === undefined ? 1 : 'always')
        waiting.push({ fault, struck: 0, left, random: createRandom(fault.seed ?? 1) })
      }
    },
    take(target) {
      const striking = waiting.find((entry) => fits(entry.fault, target) && strikes(entry))
      if (!striking) return null
      striking.struck += 1
      if (striking.left !== 'always') striking.left -= 1
      waiting = waiting.filter((entry) => entry.left !== 0)
      return striking.fault
    },
    list: () => waiting.map(({ fault, struck, left }) => ({ fault, struck, left })),
    clear() {
      waiting = []
    },
    async hold(ms, signal) {
      const released = held.signal
      try {
        await wait(ms, undefined, { signal: AbortSignal.any([signal, released]) })
      } catch (error) {
        if (signal.aborted || !released.aborted) throw error
      }
    },
    release() {
      held.abort()
      held = new AbortController()
    },
  }
}

function fits(fault: Fault, target: FaultTarget): boolean {
  if (fault.api !== undefined && fault.api !== target.api) return false
  if (fault.appId !== undefined && fault.appId !== target.appId) return false
  if (fault.group !== undefined && !target.groups?.includes(fault.group)) return false
  if (fault.kind === 'partial' && !target.canFailInPart) return false
  return fault.account === undefined || target.accounts.includes(fault.account)
}

function strikes({ fault, random }: Waiting): boolean {
  return fault.probability === undefined || random() < fault.probability
}
