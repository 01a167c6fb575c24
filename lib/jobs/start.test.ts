import { afterEach, expect, it, vi } from 'vitest'
import { log } from '@/lib/log'
import { queues } from './boss'
import { keepStarting } from './keep-starting'
import { startJobs } from './start'

/** Where the process keeps its engine. */
const holder: { [key: symbol]: unknown } = globalThis
const bossKey = Symbol.for('hushdesk.jobs')

afterEach(() => {
  delete holder[bossKey]
  vi.useRealTimers()
  vi.restoreAllMocks()
})

it('a start that failed on its way leaves no handler behind, so that the next one does not double it', async () => {
  vi.useFakeTimers()
  vi.spyOn(log, 'error').mockImplementation(() => {})
  const workers: string[] = []
  let isAway = true
  // The engine as `startJobs` uses it, over a database that goes away between two statements.
  holder[bossKey] = Promise.resolve({
    schedule: async (queue: string) => {
      if (isAway && queue === queues.at(-1)) throw new Error('the database does not answer')
    },
    work: async (queue: string) => workers.push(queue),
    send: async () => null,
    notifyWorker: () => {},
  })
  await keepStarting(startJobs)
  isAway = false
  await vi.advanceTimersByTimeAsync(60_000)
  expect(workers.sort()).toEqual([...queues].sort())
})
