import { spawnSync } from 'node:child_process'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { nextBin } from '../demo/build'
import { type Child, startChild } from '../demo/child'
import { cleanEnv } from '../demo/environment'
import { freePort } from '../demo/ports'
import { root } from '../demo/sources'

const home = path.join(root, '.tmp/bare-next')

const files = {
  'package.json': '{ "private": true, "type": "module" }',
  // The packages are those of the console, above this folder.
  'next.config.js': `export default { turbopack: { root: ${JSON.stringify(root)} }, outputFileTracingRoot: ${JSON.stringify(root)} }`,
  // Next looks for these upwards until it finds some: the console's must not be those.
  'instrumentation.js': 'export function register() {}',
  'proxy.js': 'export function proxy() {}',
  'app/layout.js': 'export default ({ children }) => <html lang="en"><body>{children}</body></html>',
  'app/page.js': 'export default () => <h1>Bare</h1>',
  // Reading a cookie, as every page of the console does, makes it one that is rendered for each request.
  'app/rendered/page.js':
    "import { cookies } from 'next/headers'\nexport default async () => <h1>{(await cookies()).size}</h1>",
}

/**
 * Builds a Next app that has a page with nothing in it, and one rendered for each request, with the console's own Next,
 * and serves it.
 */
export async function startBareNext(): Promise<{ url: string; child: Child }> {
  rmSync(home, { recursive: true, force: true })
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(home, name)), { recursive: true })
    writeFileSync(path.join(home, name), `${text}\n`)
  }
  const build = spawnSync(process.execPath, [nextBin, 'build'], {
    cwd: home,
    env: cleanEnv(),
    encoding: 'utf8',
  })
  if (build.status !== 0) throw new Error(`the bare app does not build:\n${build.stdout}${build.stderr}`)

  const port = await freePort()
  const child = startChild({
    name: 'the bare app',
    args: [nextBin, 'start', '-p', String(port), '-H', '127.0.0.1'],
    env: cleanEnv(),
    cwd: home,
  })
  const url = `http://localhost:${port}/`
  const deadline = AbortSignal.timeout(60_000)
  for (;;) {
    const response = await fetch(url, { signal: deadline }).catch(() => undefined)
    if (response?.ok) return { url, child }
    if (deadline.aborted) throw new Error(`the bare app does not answer:\n${child.tail().join('\n')}`)
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}
