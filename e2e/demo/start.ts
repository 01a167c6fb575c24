import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import * as z from 'zod'
import { buildIfNeeded, nextBin } from './build'
import { type Child, startChild } from './child'
import { prepareDatabase } from './database'
import { cleanEnv, consoleEnv, type Environment } from './environment'
import { freePort, isFree } from './ports'
import { demoSignIns, type SignIn } from './sign-ins'
import { root } from './sources'

export type DemoOptions = {
  /** `development` reloads on every change of a source */
  mode?: 'production' | 'development'
  /** in a directory of its own that is removed at the end; else in `.demo`, kept from run to run */
  isEphemeral?: boolean
  /** the console's port; 0 takes a free one */
  port?: number
  data?: 'lifelike' | 'empty'
  /** added to the console's environment, e.g. a `DATABASE_URL` */
  env?: Record<string, string>
  /** false: whoever calls has seen to the build */
  mayBuild?: boolean
  /** what a person waiting may want to know */
  log?(line: string): void
}

export type Demo = {
  consoleUrl: string
  emulatorUrl: string
  emulatorControlUrl: string
  signIns: readonly SignIn[]
  /** of the console that runs now */
  readonly consolePid: number
  emulatorPid: number
  /** from starting the console's process to its first answer 200, in ms */
  startMs: number
  /** the console's output */
  logFile: string
  /** the console's environment, for commands on the same database; what is changed in it counts from its next start */
  env: Environment
  /** Kills the console with SIGKILL; emulator and data stay. */
  killConsole(): Promise<void>
  /** Stops the console with SIGTERM; emulator and data stay. Resolves with how it ended: `ended with code 0`. */
  stopConsole(): Promise<string>
  /** Starts a console that was killed or stopped again: same port, data and emulator. Resolves with its start in ms. */
  startConsole(): Promise<number>
  /** resolves with one line when a process died by itself; everything else is then still to be stopped */
  died: Promise<string>
  stop(): Promise<void>
}

const startDeadlineMs = { production: 60_000, development: 120_000 }
const pollMs = 10
/**
 * As the scripts of package.json start it: larger cleanings of short-lived memory stop the server for longer, smaller
 * ones too often.
 */
const nextCommand = {
  production: ['--max-semi-space-size=32', nextBin, 'start'],
  development: [nextBin, 'dev'],
}

/**
 * Starts the emulator and the console on it, each in its own process, with one sign-in for each role. Resolves when
 * the console has answered. Throws an error whose message says what went wrong; nothing is left running then.
 */
export async function startDemo(options: DemoOptions = {}): Promise<Demo> {
  const { mode = 'production', isEphemeral = false, data = 'lifelike', log = () => {} } = options
  const port = options.port === 0 ? await freePort() : (options.port ?? 3000)
  if (options.port !== 0 && !(await isFree(port))) {
    throw new Error(`port ${port} is taken: stop what listens there, or choose another with --port`)
  }
  if (mode === 'production' && options.mayBuild !== false) buildIfNeeded(log)

  const home = isEphemeral ? mkdtempSync(path.join(os.tmpdir(), 'hushdesk-demo-')) : path.join(root, '.demo')
  mkdirSync(home, { recursive: true })
  const running: Child[] = []
  const stop = async () => {
    // The console first: what it is about to say to the provider must still arrive.
    for (const child of running.splice(0).reverse()) await child.stop()
    if (isEphemeral) rmSync(home, { recursive: true, force: true })
  }
  try {
    const emulator = await startEmulatorProcess(data, running)
    const env = {
      ...consoleEnv({ home, port, emulatorUrl: emulator.url, stage: mode }),
      ...options.env,
    }
    await prepareDatabase(env, isEphemeral && !env.DATABASE_URL, log)
    const logFile = path.join(home, 'console.log')
    let tellDeath: (how: string) => void = () => {}
    const died = new Promise<string>((resolve) => {
      tellDeath = resolve
    })
    void emulator.child.died.then(tellDeath)

    const startConsole = async () => {
      const startedAt = performance.now()
      const child = startChild({
        name: 'the console',
        cwd: root,
        env,
        logFile,
        args: [...nextCommand[mode], '-p', String(port), '-H', '127.0.0.1'],
        ...(mode === 'development' ? { onLine: log } : {}),
      })
      running.push(child)
      await firstAnswer(`http://127.0.0.1:${port}/api/health`, child, startDeadlineMs[mode])
      void child.died.then(tellDeath)
      return { child, startMs: Math.round(performance.now() - startedAt) }
    }
    let life = await startConsole()
    const takeConsole = () => running.splice(running.indexOf(life.child), 1)

    return {
      consoleUrl: `http://localhost:${port}`,
      emulatorUrl: emulator.url,
      emulatorControlUrl: emulator.controlUrl,
      signIns: demoSignIns,
      get consolePid() {
        return life.child.pid
      },
      emulatorPid: emulator.child.pid,
      startMs: life.startMs,
      logFile,
      env,
      async killConsole() {
        await life.child.kill()
        takeConsole()
      },
      async stopConsole() {
        const how = await life.child.stop()
        takeConsole()
        return how
      },
      async startConsole() {
        life = await startConsole()
        return life.startMs
      },
      died,
      stop,
    }
  } catch (error) {
    await stop()
    throw error
  }
}

const announcementSchema = z.object({ url: z.url(), controlUrl: z.url() })

async function startEmulatorProcess(data: string, running: Child[]) {
  let announce: (line: string) => void = () => {}
  const announced = new Promise<string>((resolve) => {
    announce = resolve
  })
  const child = startChild({
    name: 'the emulator',
    cwd: root,
    env: cleanEnv(),
    args: ['--import', 'tsx', 'e2e/emulator/main.ts', '--port', '0', '--data', data],
    // Node itself may warn on standard error first.
    onLine: (line) => line.startsWith('{') && announce(line),
  })
  running.push(child)
  const line = await unlessDead(announced, child)
  return { child, ...announcementSchema.parse(JSON.parse(line)) }
}

async function firstAnswer(url: string, child: Child, deadlineMs: number): Promise<void> {
  const deadline = AbortSignal.timeout(deadlineMs)
  const answered = async () => {
    for (;;) {
      if (deadline.aborted)
        throw new Error(
          `${child.name} did not answer within ${deadlineMs / 1000} s:\n${child.tail().join('\n')}`,
        )
      const response = await fetch(url, { signal: deadline }).catch(() => undefined)
      if (response?.status === 200) return
      await new Promise((resolve) => setTimeout(resolve, pollMs))
    }
  }
  await unlessDead(answered(), child)
}

/** The promise's value, or an error with the child's last words when it dies first. */
function unlessDead<T>(promise: Promise<T>, child: Child): Promise<T> {
  return Promise.race([
    promise,
    child.died.then((how) => {
      throw new Error(how)
    }),
  ])
}
