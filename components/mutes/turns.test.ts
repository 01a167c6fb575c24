import { expect, it } from 'vitest'
import { createTurns } from './turns'

function started() {
  const log: string[] = []
  const ends = new Map<string, () => void>()
  const work = (name: string) => () => {
    log.push(name)
    return new Promise<void>((resolve) => ends.set(name, resolve))
  }
  return { log, work, end: (name: string) => ends.get(name)?.() }
}

it('lets an undo wait until what is under way has ended, also behind another one', async () => {
  const { log, work, end } = started()
  const turns = createTurns()
  const first = turns.take(work('set again'), { waits: false })
  const undo = turns.take(work('undo'), { waits: true })
  const second = turns.take(work('second undo'), { waits: true })
  expect(log).toEqual(['set again'])
  end('set again')
  await first
  await Promise.resolve()
  expect(log).toEqual(['set again', 'undo'])
  end('undo')
  await undo
  end('second undo')
  await Promise.race([second, Promise.resolve()])
  expect(log).toEqual(['set again', 'undo', 'second undo'])
})

it('drops what can be asked for again, and goes on after a failure', async () => {
  const { log, work, end } = started()
  const turns = createTurns()
  const failing = turns.take(() => Promise.reject(new Error('offline')), { waits: false })
  const undo = turns.take(work('undo'), { waits: true })
  await expect(failing).rejects.toThrow('offline')
  await turns.take(work('accept'), { waits: false })
  end('undo')
  await undo
  expect(log).toEqual(['undo'])
})
