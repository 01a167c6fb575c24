import { mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { bundled } from './bundle'

test('a new bundle takes the place of those of its script that are older than a day', () => {
  const own = mkdtempSync(path.join(tmpdir(), 'bundle-'))
  // A name that no other test uses: the folder is everybody's.
  const name = path.basename(own)
  const write = (script: string) => writeFileSync(path.join(own, script), 'export {}\n')
  write(`${name}-other.ts`)
  write(`${name}.ts`)
  const folder = path.dirname(bundled(path.join(own, `${name}-other.ts`)).at(-1) ?? '')
  const mine = () => readdirSync(folder).filter((entry) => entry.startsWith(name))
  onTestFinished(() => {
    for (const entry of mine()) rmSync(path.join(folder, entry))
    rmSync(own, { recursive: true })
  })
  const age = (entry: string, hours: number) => {
    const at = Date.now() / 1_000 - hours * 3_600
    utimesSync(path.join(folder, entry), at, at)
  }
  for (const entry of mine()) age(entry, 25)
  const [other = ''] = mine()
  const plant = (rest: string, hours: number) => {
    const entry = `${name}-${rest}`
    writeFileSync(path.join(folder, entry), '')
    age(entry, hours)
    return entry
  }
  plant('0000000000000000.mjs', 25)
  // Half written by a process that was killed.
  plant('1111111111111111.mjs.4711', 25)
  const young = plant('2222222222222222.mjs', 23)
  const made = path.basename(bundled(path.join(own, `${name}.ts`)).at(-1) ?? '')
  expect(mine().sort()).toEqual([other, young, made].sort())
})
