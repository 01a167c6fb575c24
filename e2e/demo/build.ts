import { spawnSync } from 'node:child_process'
import { statSync } from 'node:fs'
import path from 'node:path'
import { cleanEnv } from './environment'
import { newestChange, root } from './sources'

export const nextBin = path.join(root, 'node_modules/next/dist/bin/next')

/** Builds the console for production, unless the last build is newer than every source. Throws when it fails. */
export function buildIfNeeded(log: (line: string) => void): void {
  const builtAt = statSync(path.join(root, '.next/BUILD_ID'), { throwIfNoEntry: false })?.mtimeMs ?? 0
  if (builtAt > newestChange()) return
  log('building the console …')
  const startedAt = performance.now()
  // Standard output belongs to whoever reads our one JSON line.
  const build = spawnSync(process.execPath, [nextBin, 'build'], {
    cwd: root,
    env: cleanEnv(),
    stdio: ['ignore', 'pipe', 'pipe'],
    encoding: 'utf8',
  })
  if (build.status !== 0) {
    throw new Error(`next build failed:\n${`${build.stdout}${build.stderr}`.trim()}`)
  }
  log(`built in ${((performance.now() - startedAt) / 1000).toFixed(1)} s`)
}
