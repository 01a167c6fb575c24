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

it('has each wait until what was asked for before has ended', async () => {
  const { log, work, end } = started()
  const turns = createTurns()
  const first = turns.take('a', work('accept'))
  const second = turns.take('b', work('set again'))
  const third = turns.take('c', work('undo'))
  await Promise.resolve()
  expect(log).toEqual(['accept'])
  end('accept')
  await first
  await expect.poll(() => log).toEqual(['accept', 'set again'])
  end('set again')
  await second
  await expect.poll(() => log).toEqual(['accept', 'set again', 'undo'])
  end('undo')
  await third
})

it('does once what is asked for twice, and again when that has ended', async () => {
  const { log, work, end } = started()
  const turns = createTurns()
  const first = turns.take('a', work('accept'))
  await turns.take('a', work('accept by a double press'))
  end('accept')
  await expect.poll(() => log).toEqual(['accept'])
  end('accept')
  await first
  const again = turns.take('a', work('once more'))
  await expect.poll(() => log).toEqual(['accept', 'once more'])
  end('once more')
  await again
})

it('goes on after a failure', async () => {
  const { log, work, end } = started()
  const turns = createTurns()
  const failing = turns.take('a', () => Promise.reject(new Error('offline')))
  const next = turns.take('b', work('undo'))
  await expect(failing).rejects.toThrow('offline')
  await expect.poll(() => log).toEqual(['undo'])
  end('undo')
  await next
})
