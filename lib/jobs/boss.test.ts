import { PgBoss } from 'pg-boss'
import { afterEach, expect, it, vi } from 'vitest'
import { log } from '@/lib/log'
import { soonerWhenWoken, wake, wakeWhenDue } from './boss'

/** Where the process keeps its engine; several bundles share it. */
const holder: { [key: symbol]: unknown } = globalThis
const bossKey = Symbol.for('hushdesk.jobs')

afterEach(() => {
  delete holder[bossKey]
  vi.restoreAllMocks()
})

it.each([
  ['did not start', () => Promise.reject(new Error('the database does not answer'))],
  ['cannot reach its database', async () => new PgBoss('postgres://nobody@127.0.0.1:1/none')],
])('a command goes on when the engine %s: waking only hurries, and never throws', async (_, engine) => {
  const told = vi.spyOn(log, 'error').mockImplementation(() => {})
  holder[bossKey] = engine()
  await expect(wake('settle-mutes', 2)).resolves.toBeUndefined()
  expect(told).toHaveBeenCalledWith(expect.objectContaining({ queue: 'settle-mutes' }), expect.any(String))
})

it('nothing is woken in a process that runs no jobs', async () => {
  const told = vi.spyOn(log, 'error').mockImplementation(() => {})
  await expect(wake('settle-mutes')).resolves.toBeUndefined()
  expect(told).not.toHaveBeenCalled()
})

it('whoever waits for a queue goes on when this process wakes it, and not for another queue', async () => {
  const stop = new AbortController()
  const ended: string[] = []
  const waiting = (['run-bulk-mutes', 'sync-groups'] as const).map((queue) =>
    soonerWhenWoken(queue, 600_000, stop.signal).then(() => ended.push(queue)),
  )
  await wake('run-bulk-mutes', 5)
  expect(ended).toEqual([])
  await wake('run-bulk-mutes')
  await waiting[0]
  expect(ended).toEqual(['run-bulk-mutes'])
  stop.abort()
  await Promise.all(waiting)
})

it('of wishes for one delay each has a job that comes when it is due, and those of a second share one', async () => {
  const sent: { singletonKey: string; startAfter: number }[] = []
  holder[bossKey] = Promise.resolve({
    send: async (_: string, __: null, how: (typeof sent)[number]) => sent.push(how),
  })
  const wishes = [10_100, 10_900, 11_000]
  vi.useFakeTimers()
  for (const at of wishes) {
    vi.setSystemTime(at)
    await wakeWhenDue('send-notices', 4)
  }
  vi.useRealTimers()
  const [first, second, third] = sent.map(({ singletonKey }) => singletonKey)
  expect([first === second, first === third]).toEqual([true, false])
  // The job of the first stands for the second too.
  expect(10_100 + Number(sent[0]?.startAfter) * 1_000).toBeGreaterThanOrEqual(10_900 + 4_000)
})
