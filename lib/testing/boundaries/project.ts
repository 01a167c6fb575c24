import { readFileSync } from 'node:fs'
import path from 'node:path'
import { readSource, type Source } from './source'

/** All source files that the rules hold together, by path. */
export type Project = Map<string, Source>

/** One broken rule, as a person reads it in the failing test. */
export type Complaint = string

export type Rule = (project: Project) => Complaint[]
export type RuleCases = [Rule, { bad: Record<string, string>; says: RegExp; good: Record<string, string> }[]]

/** Reads the files from disk. `paths` are relative to `root`, with `/`. */
export function readProject(root: string, paths: readonly string[]): Project {
  return projectOf(
    Object.fromEntries(paths.map((file) => [file, readFileSync(path.join(root, file), 'utf8')])),
  )
}

/** The same from texts, for the rules' own tests. */
export function projectOf(texts: Record<string, string>): Project {
  return new Map(Object.entries(texts).map(([file, text]) => [file, readSource(file, text)]))
}

/** The file behind an import's target; undefined for packages, styles, data and what is not there. */
export function resolve(project: Project, target: string | null): Source | undefined {
  if (target === null) return undefined
  for (const ending of ['', '.ts', '.tsx', '.d.ts', '/index.ts', '/index.tsx']) {
    const source = project.get(target + ending)
    if (source) return source
  }
  return undefined
}

/** Tests and what only tests and developers run: outside the rules for shipped code. */
export function isShipped(file: string): boolean {
  if (/\.test\.tsx?$/.test(file) || file.startsWith('lib/testing/') || file === 'lib/provider/contract.ts')
    return false
  return /^(app|components|lib)\//.test(file) || /^[^/]+\.ts$/.test(file)
}

const serverPackages =
  /^(server-only|node:.*|pg|pg-boss|drizzle-orm(\/.*)?|@electric-sql\/.*|pino|undici|next\/headers)$/

/**
 * How `file` comes to run server code: the chain of imports down to the first package that only a server has, or null
 * when it is pure. A module of server actions ends the search, since the browser gets references instead of its code.
 */
export function wayToServer(project: Project, file: string, seen = new Set<string>()): string[] | null {
  const source = project.get(file)
  if (!source || seen.has(file)) return null
  seen.add(file)
  if (source.directives.includes('use server')) return null
  for (const { specifier, target, isTypeOnly } of source.imports) {
    if (isTypeOnly) continue
    if (serverPackages.test(specifier)) return [file, specifier]
    const next = resolve(project, target)
    const way = next ? wayToServer(project, next.path, seen) : null
    if (way) return [file, ...way]
  }
  return null
}
