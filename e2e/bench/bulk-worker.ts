import { spawn } from 'node:child_process'
import path from 'node:path'
import readline from 'node:readline'
import type { BulkWorkerTask } from '../../lib/testing/bulk-worker'
import { cleanEnv } from '../demo/environment'
import { root } from '../demo/sources'

/** Starts another instance that works on runs, in a process of its own; `ready` when it does. */
export function startWorker(task: BulkWorkerTask): { ready: Promise<void>; stop(): void } {
  const file = path.join(root, 'lib/testing/bulk-worker.ts')
  const loader = ['--conditions=react-server', '--import', 'tsx']
  const child = spawn(process.execPath, [...loader, file, JSON.stringify(task)], {
    cwd: root,
    env: cleanEnv(),
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const ready = new Promise<void>((resolve) => {
    readline.createInterface({ input: child.stdout }).once('line', () => resolve())
  })
  return { ready, stop: () => child.kill('SIGKILL') }
}
