import { expect, test } from 'vitest'
import { soonerWhenWoken, wake } from './boss'

test('whoever waits for a queue goes on when this process wakes it, and not for another queue', async () => {
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
