import 'server-only'
import { randomUUID } from 'node:crypto'
import {
  existsSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  statSync,
  unlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import path from 'node:path'
import * as z from 'zod'
import { findProcess, processPlace } from './process-identity'

/** Another process has the embedded database open; the message is one line for the person who started this one. */
export class DatabaseLockedError extends Error {
  override readonly name = 'DatabaseLockedError'
}

export type Lock = { release(): void }

const heartbeatMs = 5_000
/** A holder whose process cannot be seen from here (another container on the same volume) counts as gone after that. */
const unseenHolderGoneAfterMs = 20_000

const holderSchema = z.object({
  pid: z.int(),
  /** when that process started, in whatever form this system tells it; tells a reused pid from the holder */
  startedAt: z.string().nullable(),
  /** where the pid means something: this boot of this machine, this container */
  place: z.string(),
  released: z.boolean(),
})
type Holder = z.infer<typeof holderSchema>

/**
 * Takes the lock kept in `folder`, or throws `DatabaseLockedError` at once.
 *
 * The folder holds one file per generation, `1`, `2`, …; the highest names the holder. Whoever finds the highest one
 * dead or released takes the next by hard-linking a complete file to that name, which succeeds for one process only.
 * The highest file is never removed, so numbers never come back, and a slow process cannot take a generation that has
 * passed. A live process is never driven out, whatever its age; a killed one is known by its pid and start time.
 */
export function acquireLock(folder: string): Lock {
  mkdirSync(folder, { recursive: true })
  for (;;) {
    const newest = newestGeneration(folder)
    const holder = newest > 0 ? readHolder(path.join(folder, String(newest))) : undefined
    if (holder && isHeld(holder, path.join(folder, String(newest)))) throw lockedBy(holder, folder)
    const file = path.join(folder, String(newest + 1))
    if (!linkNew(file)) continue
    if (newestGeneration(folder) > newest + 1) {
      // Somebody was faster by whole generations: the number was free again because it had passed.
      unlinkSync(file)
      continue
    }
    for (let old = newest; old > 0 && removeIfThere(path.join(folder, String(old))); old--);
    return hold(file)
  }
}

function hold(file: string): Lock {
  const heartbeat = setInterval(() => {
    const now = new Date()
    try {
      utimesSync(file, now, now)
    } catch {
      // The folder is gone or read-only: nothing that a heartbeat could mend.
    }
  }, heartbeatMs)
  heartbeat.unref()
  const release = () => {
    clearInterval(heartbeat)
    process.off('exit', release)
    if (existsSync(file)) writeWhole(file, { ...self(), released: true }, renameSync)
  }
  process.on('exit', release)
  return { release }
}

function isHeld(holder: Holder, file: string): boolean {
  if (holder.released) return false
  if (holder.place !== processPlace()) {
    const beat = statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0
    return Date.now() - beat < unseenHolderGoneAfterMs
  }
  const running = findProcess(holder.pid)
  return running !== undefined && (running.startedAt === null || running.startedAt === holder.startedAt)
}

function lockedBy(holder: Holder, folder: string): DatabaseLockedError {
  const dataDir = folder.replace(/\.lock$/, '')
  return new DatabaseLockedError(
    `The embedded database in ${dataDir} is in use by process ${holder.pid}. ` +
      'It takes one process: stop that one first, or set DATABASE_URL to a PostgreSQL server.',
  )
}

function self(): Holder {
  const startedAt = findProcess(process.pid)?.startedAt ?? null
  return { pid: process.pid, startedAt, place: processPlace(), released: false }
}

function newestGeneration(folder: string): number {
  const generations = readdirSync(folder).filter((name) => /^[1-9]\d*$/.test(name))
  return Math.max(0, ...generations.map(Number))
}

function readHolder(file: string): Holder | undefined {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (error) {
    // Passed on meanwhile.
    if (hasCode(error, 'ENOENT')) return undefined
    throw error
  }
  try {
    return holderSchema.parse(JSON.parse(text))
  } catch {
    // Files are complete before they get their name: only a power cut leaves one like this, and its holder is gone.
    return undefined
  }
}

/** Makes `file` with this process as its holder; false when it is there already. */
function linkNew(file: string): boolean {
  try {
    writeWhole(file, self(), (from, to) => {
      try {
        linkSync(from, to)
      } finally {
        unlinkSync(from)
      }
    })
    return true
  } catch (error) {
    if (hasCode(error, 'EEXIST')) return false
    throw error
  }
}

/** Writes a file aside and moves it into place, so that nobody ever reads half of it. */
function writeWhole(file: string, holder: Holder, move: (from: string, to: string) => void): void {
  const aside = path.join(/* turbopackIgnore: true */ path.dirname(file), `.${randomUUID()}`)
  writeFileSync(aside, JSON.stringify(holder))
  move(aside, file)
}

function removeIfThere(file: string): boolean {
  try {
    unlinkSync(file)
    return true
  } catch {
    return false
  }
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code
}
