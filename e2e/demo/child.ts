import { spawn } from 'node:child_process'
import { createWriteStream, type WriteStream } from 'node:fs'
import path from 'node:path'
import { createInterface } from 'node:readline'
import type { Environment } from './environment'

/** A process that the demo started. It ends with the demo, even when the demo is killed. */
export type Child = {
  name: string
  pid: number
  /** resolves with one line when the process ended without having been told to */
  died: Promise<string>
  /** the last lines of its output */
  tail(): string[]
  /** SIGTERM, then SIGKILL after 5 s; resolves when it has ended, with how: `ended with code 0` */
  stop(): Promise<string>
  /** SIGKILL: it has no time to put anything in order; resolves when it has ended */
  kill(): Promise<void>
}

const keptLines = 40
const graceMs = 5_000
const leash = path.join(import.meta.dirname, 'leash.mjs')

/** Starts a Node process of this very version. `onLine` gets each line of its output. */
export function startChild(options: {
  name: string
  args: string[]
  env: Environment
  cwd: string
  logFile?: string
  onLine?(line: string): void
}): Child {
  const { name, args, env, cwd } = options
  const child = spawn(process.execPath, ['--import', leash, ...args], {
    cwd,
    env: { ...env, DEMO_PID: String(process.pid) },
    // A group of its own: Ctrl-C in a terminal reaches the demo, which then stops its children in order.
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  })
  const log: WriteStream | undefined = options.logFile
    ? createWriteStream(options.logFile, { flags: 'a' })
    : undefined
  const lines: string[] = []
  for (const stream of [child.stdout, child.stderr]) {
    if (!stream) continue
    createInterface({ input: stream }).on('line', (line) => {
      lines.push(line)
      if (lines.length > keptLines) lines.shift()
      log?.write(`${line}\n`)
      options.onLine?.(line)
    })
  }

  let isStopping = false
  const ended = new Promise<string>((resolve) => {
    child.once('error', (error) => resolve(`cannot be started: ${error.message}`))
    // `close` and not `exit`: by then its last lines have been read.
    child.once('close', (code, signal) => resolve(`ended with ${signal ?? `code ${code}`}`))
  })
  void ended.then(() => log?.end())
  const died = new Promise<string>((resolve) => {
    void ended.then((how) => {
      if (!isStopping) resolve(`${name} ${how}${lines.length > 0 ? `:\n${lines.slice(-12).join('\n')}` : ''}`)
    })
  })

  return {
    name,
    pid: child.pid ?? 0,
    died,
    tail: () => [...lines],
    async stop() {
      isStopping = true
      signalGroup(child.pid, 'SIGTERM')
      const timer = setTimeout(() => signalGroup(child.pid, 'SIGKILL'), graceMs)
      const how = await ended
      clearTimeout(timer)
      return how
    },
    async kill() {
      isStopping = true
      signalGroup(child.pid, 'SIGKILL')
      await ended
    },
  }
}

function signalGroup(pid: number | undefined, signal: NodeJS.Signals): void {
  if (pid === undefined) return
  try {
    process.kill(-pid, signal)
  } catch {
    // It has ended already.
  }
}
