import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type Child, startChild } from '@/lib/testing/child'
import { acquireLock, DatabaseLockedError } from './lock'
import { findProcess, processPlace } from './process-identity'

let home: string
let folder: string
const children: Child[] = []

beforeEach(() => {
  home = mkdtempSync(path.join(os.tmpdir(), 'hushdesk-lock-'))
  folder = path.join(home, 'data.lock')
})

afterEach(async () => {
  for (const child of children.splice(0)) await child.kill()
  rmSync(home, { recursive: true })
})

test('is held by one, and free again after its release', () => {
  const lock = acquireLock(folder)
  expect(() => acquireLock(folder)).toThrow(DatabaseLockedError)
  lock.release()
  acquireLock(folder).release()
})

test('names the directory and the process in one line', () => {
  const lock = acquireLock(folder)
  expect(() => acquireLock(folder)).toThrow(
    `The embedded database in ${path.join(home, 'data')} is in use by process ${process.pid}. ` +
      'It takes one process: stop that one first, or set DATABASE_URL to a PostgreSQL server.',
  )
  lock.release()
})

test('leaves one small file behind, however often it was taken', () => {
  for (let round = 0; round < 5; round += 1) acquireLock(folder).release()
  expect(readdirSync(folder)).toEqual(['5'])
})

test('passes on when its holder was killed, at once', async () => {
  const holder = await startHolder()
  expect(() => acquireLock(folder)).toThrow(`in use by process ${holder.pid}`)
  await holder.kill()
  acquireLock(folder).release()
})

test('never leaves a live process, however old its file is', async () => {
  await startHolder()
  utimesSync(path.join(folder, '1'), 0, 0)
  expect(() => acquireLock(folder)).toThrow(DatabaseLockedError)
})

test('passes on when another process has the pid of the holder', () => {
  const running = findProcess(process.pid)
  expect(running?.startedAt).toEqual(expect.any(String))
  writeHolder({ startedAt: running?.startedAt })
  expect(() => acquireLock(folder)).toThrow(DatabaseLockedError)
  writeHolder({ startedAt: 'long ago' })
  acquireLock(folder).release()
})

test('believes a holder whose process cannot be seen from here as long as it gives signs of life', () => {
  writeHolder({ place: 'another container' })
  expect(() => acquireLock(folder)).toThrow(DatabaseLockedError)
  const before = new Date(Date.now() - 60_000)
  utimesSync(path.join(folder, '1'), before, before)
  acquireLock(folder).release()
})

test('passes on from a file that a power cut has emptied', () => {
  mkdirSync(folder)
  writeFileSync(path.join(folder, '7'), '')
  acquireLock(folder).release()
  expect(readdirSync(folder)).toEqual(['8'])
})

test('goes to one of several processes that find a dead holder at the same moment', async () => {
  writeHolder({ startedAt: 'long ago' })
  const rivals = [1, 2, 3, 4].map(() => startHolding())
  for (const rival of rivals) await rival.until((line) => line === 'ready')
  for (const rival of rivals) rival.tell('go')
  const answers = await Promise.all(
    rivals.map((rival) => rival.until((line) => /^(held|refused)/.test(line))),
  )
  expect(answers.filter((answer) => answer === 'held')).toHaveLength(1)
  expect(answers.filter((answer) => answer.startsWith('refused'))).toHaveLength(3)
})

test('says who holds it in a file that is whole', () => {
  const lock = acquireLock(folder)
  const holder = JSON.parse(readFileSync(path.join(folder, '1'), 'utf8'))
  expect(holder).toEqual({
    pid: process.pid,
    startedAt: findProcess(process.pid)?.startedAt,
    place: processPlace(),
    released: false,
  })
  lock.release()
})

function startHolding(): Child {
  const child = startChild('hold-database.ts', 'lock', path.join(home, 'data'))
  children.push(child)
  return child
}

async function startHolder(): Promise<Child> {
  const child = startHolding()
  await child.until((line) => line === 'ready')
  child.tell('go')
  await child.until((line) => line === 'held')
  return child
}

function writeHolder(holder: { startedAt?: string | null | undefined; place?: string }): void {
  mkdirSync(folder, { recursive: true })
  const whole = { pid: process.pid, startedAt: null, place: processPlace(), released: false, ...holder }
  writeFileSync(path.join(folder, '1'), JSON.stringify(whole))
}
