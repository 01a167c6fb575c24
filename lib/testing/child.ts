import { type ChildProcess, spawn } from 'node:child_process'
import path from 'node:path'
import readline from 'node:readline'
import { bundled } from './bundle'

/** A script of this folder in a process of its own, and the lines it says. */
export type Child = {
  pid: number
  /** Gives it a line. */
  tell(line: string): void
  /** The next line that `fits`; those before it are passed over. Throws when the process ends without it. */
  until(fits: (line: string) => boolean): Promise<string>
  /** Lines said so far. */
  said: string[]
  /** Stops it, or lets it go on. */
  signal(signal: 'SIGSTOP' | 'SIGCONT'): void
  /** Kills it as a power switch would, and waits until it is gone. */
  kill(): Promise<void>
}

const root = path.resolve(import.meta.dirname, '../..')

/** Starts `lib/testing/<script>`, bundled for the conditions of the command line tools. */
export function startChild(script: string, ...args: string[]): Child {
  const child = spawn(process.execPath, [...bundled(path.join('lib/testing', script)), ...args], {
    cwd: root,
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const said: string[] = []
  let read = 0
  let wake = () => {}
  readline.createInterface({ input: child.stdout }).on('line', (line) => {
    said.push(line)
    wake()
  })
  const gone = ended(child).then(() => wake())
  return {
    pid: child.pid ?? 0,
    said,
    tell: (line) => child.stdin.write(`${line}\n`),
    async until(fits) {
      for (;;) {
        for (const line of said.slice(read)) {
          read += 1
          if (fits(line)) return line
        }
        if (child.exitCode !== null || child.signalCode !== null)
          throw new Error(`ended after: ${said.at(-1)}`)
        await new Promise<void>((resolve) => {
          wake = resolve
        })
      }
    },
    signal: (signal) => child.kill(signal),
    async kill() {
      child.kill('SIGKILL')
      await gone
    },
  }
}

/** When its output has been read to the end, too. */
function ended(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => child.once('close', () => resolve()))
}
