import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { afterEach, describe, expect, it } from 'vitest'
import * as z from 'zod'
import { createEmulatorControl } from './control'

const readySchema = z.strictObject({ url: z.url(), controlUrl: z.url() })

let child: ChildProcess | undefined

afterEach(() => {
  child?.kill('SIGKILL')
})

async function start(...args: string[]) {
  const main = path.join(import.meta.dirname, 'main.ts')
  const started = spawn(process.execPath, ['--import', 'tsx', main, ...args], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  child = started
  const [line] = await once(createInterface(started.stdout), 'line')
  return { process: started, ...readySchema.parse(JSON.parse(String(line))) }
}

describe('the emulator as a process', () => {
  it('prints where it is, serves the data set, and leaves on SIGTERM', async () => {
    const emulator = await start('--port', '0', '--data', 'lifelike')
    const control = createEmulatorControl(emulator.url)
    expect(await control.mutes('zhangwei').catch((error: Error) => error.message)).toContain('has no account')
    expect((await control.mutes('13800000042')).oneToOne).toBe('forever')
    emulator.process.kill('SIGTERM')
    expect(await once(emulator.process, 'exit')).toEqual([0, null])
  })

  it('leaves when its parent goes away', async () => {
    const emulator = await start('--data', 'empty', '--exit-with-stdin')
    emulator.process.stdin.end()
    expect(await once(emulator.process, 'exit')).toEqual([0, null])
  })
})
