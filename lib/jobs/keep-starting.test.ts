import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { log } from '@/lib/log'
import { keepStarting } from './keep-starting'

beforeEach(() => {
  vi.useFakeTimers()
  vi.spyOn(log, 'error').mockImplementation(() => {})
})
afterEach(() => {
  vi.useRealTimers()
  vi.restoreAllMocks()
})

it('starts the jobs again until they run, and then no more', async () => {
  let tries = 0
  await keepStarting(async () => {
    tries += 1
    if (tries < 3) throw new Error('the database does not answer')
  })
  expect(tries).toBe(1)
  await vi.advanceTimersByTimeAsync(4_999)
  expect(tries).toBe(1)
  await vi.advanceTimersByTimeAsync(60_000)
  expect(tries).toBe(3)
  expect(log.error).toHaveBeenCalledTimes(2)
})
