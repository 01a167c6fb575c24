import { execFileSync } from 'node:child_process'

const everyMs = 500

/**
 * Calls `leave` once whoever started this process is gone. A parent that is killed sends no signal, and npm, told to
 * stop, passes that on to its shell alone: so all processes between npm and this one are watched.
 */
export function leaveWithParents(leave: () => void): void {
  const watched = process.env.npm_lifecycle_event === undefined ? [process.ppid] : parentsUpToNpm()
  const timer = setInterval(() => {
    if (process.ppid === watched[0] && watched.every(isAlive)) return
    clearInterval(timer)
    leave()
  }, everyMs)
  timer.unref()
}

function parentsUpToNpm(): number[] {
  const parents: number[] = []
  for (let pid = process.ppid; pid > 1; ) {
    parents.push(pid)
    const [, parent = '0', command = ''] = /^(\d+)\s+(.*)$/.exec(parentAndCommand(pid)) ?? []
    if (/^(npm|pnpm|yarn)\b|\b(npm-cli\.js|pnpm\.cjs|yarn\.js)\b/.test(command)) return parents
    pid = Number(parent)
  }
  // Not below a package manager after all: only the nearest parent is surely ours.
  return [process.ppid]
}

function parentAndCommand(pid: number): string {
  try {
    return execFileSync('ps', ['-o', 'ppid=,args=', '-p', String(pid)], { encoding: 'utf8' }).trim()
  } catch {
    // A machine without ps.
    return ''
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}
