import { createHash } from 'node:crypto'
import { readdirSync, statSync } from 'node:fs'
import path from 'node:path'

/** The repository. */
export const root = path.resolve(import.meta.dirname, '../..')

const notShipped = /\.test\.tsx?$|(^|\/)lib\/testing(\/|$)/

/** When a source of the console last changed, in epoch ms; folders count too, so that a removed file is noticed. */
export function newestChange(): number {
  const files = [
    'next.config.js',
    'package.json',
    'package-lock.json',
    'tsconfig.json',
    'proxy.ts',
    'instrumentation.ts',
  ]
  const trees = ['app', 'components', 'lib', 'public'].flatMap(walk)
  return Math.max(...[...files, ...trees].map((file) => stat(file)?.mtimeMs ?? 0))
}

/** Names the state of these folders: it changes whenever a file in them does. */
export function fingerprint(folders: readonly string[]): string {
  const hash = createHash('sha256')
  for (const file of folders.flatMap(walk).sort()) {
    const found = stat(file)
    if (found?.isFile()) hash.update(`${file}\0${found.mtimeMs}\0${found.size}\n`)
  }
  return hash.digest('hex').slice(0, 16)
}

function walk(folder: string): string[] {
  const absolute = path.join(root, folder)
  if (!stat(folder)) return []
  return [
    folder,
    ...readdirSync(absolute, { recursive: true, encoding: 'utf8' }).map((file) => path.join(folder, file)),
  ].filter((file) => !notShipped.test(file))
}

function stat(file: string) {
  return statSync(path.join(root, file), { throwIfNoEntry: false })
}
