import 'server-only'
import { execFileSync } from 'node:child_process'
import { readFileSync, readlinkSync } from 'node:fs'
import os from 'node:os'

/**
 * A running process by its pid; undefined when there is none, or only its corpse. `startedAt` is null where the
 * system does not tell it. Two processes that had the same pid one after the other differ in it.
 */
export function findProcess(pid: number): { startedAt: string | null } | undefined {
  if (process.platform === 'linux') return findInProc(pid)
  if (!answersSignals(pid)) return undefined
  try {
    const ask = ['LC_ALL=C', 'TZ=UTC', 'ps', '-o', 'lstart=', '-p', String(pid)]
    const started = execFileSync('/usr/bin/env', ask, { encoding: 'utf8' }).trim()
    return started ? { startedAt: started } : undefined
  } catch {
    return { startedAt: null }
  }
}

/** Where pids mean the same as here: this boot of this machine and, on Linux, this pid namespace (this container). */
export function processPlace(): string {
  if (process.platform !== 'linux') return os.hostname()
  try {
    return `${readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()} ${readlinkSync('/proc/self/ns/pid')}`
  } catch {
    return os.hostname()
  }
}

/** `/proc/<pid>/stat`: the name stands in brackets and may hold anything; after it the state and, 19 on, the start. */
function findInProc(pid: number): { startedAt: string | null } | undefined {
  let stat: string
  try {
    stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
  } catch {
    return undefined
  }
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  const isCorpse = fields[0] === 'Z' || fields[0] === 'X'
  return isCorpse ? undefined : { startedAt: fields[19] ?? null }
}

function answersSignals(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}
