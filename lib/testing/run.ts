import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import path from 'node:path'
import { readPlaywrightReport, readVitestReport } from './reports'
import { type Count, summarize } from './summary'

/**
 * `npm test` and, with `--quick`, `npm run verify`: one step after another, all of them even when one fails. The last
 * line is `N passed, N failed`: each static step counts as one, vitest's and Playwright's tests each by themselves.
 */

const root = path.resolve(import.meta.dirname, '../..')
const bin = path.join(root, 'node_modules/.bin')
const reports = path.join(root, '.tmp')
const isQuick = process.argv.includes('--quick')

type Step = {
  name: string
  command: string[]
  /** a JSON report with the tests in it; without one the step itself is one test */
  report?: { file: string; read(json: unknown): Count }
  isSlow?: boolean
  env?: Record<string, string>
}

const vitestReport = path.join(reports, 'vitest.json')
const playwrightReport = path.join(reports, 'playwright.json')

const steps: Step[] = [
  { name: 'format and lint', command: ['biome', 'check', '--error-on-warnings'] },
  { name: 'types', command: ['tsc', '--noEmit'] },
  { name: 'dead code', command: ['knip'] },
  {
    name: isQuick ? 'unit tests' : 'unit and integration tests',
    command: [
      'vitest',
      'run',
      '--config=lib/testing/vitest.config.ts',
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${vitestReport}`,
      // The suites that run on both databases say so in their name.
      ...(isQuick ? ['--testNamePattern=^((?!\\(PostgreSQL\\)).)*$'] : []),
    ],
    report: { file: vitestReport, read: readVitestReport },
    env: { NODE_ENV: 'test' },
  },
  { name: 'production build', command: ['next', 'build'], isSlow: true },
  {
    name: 'browser tests',
    command: ['playwright', 'test', '--config=e2e/playwright.config.ts'],
    report: { file: playwrightReport, read: readPlaywrightReport },
    isSlow: true,
  },
]

async function main(): Promise<void> {
  mkdirSync(reports, { recursive: true })
  const counts: (Count & { name: string; seconds: number })[] = []
  for (const step of steps.filter(({ isSlow }) => !isQuick || !isSlow)) {
    console.log(`\n=== ${step.name} ===`)
    const startedAt = performance.now()
    const count = await runStep(step)
    const seconds = (performance.now() - startedAt) / 1000
    console.log(`--- ${step.name}: ${count.failed === 0 ? 'ok' : 'FAILED'} after ${seconds.toFixed(1)} s`)
    counts.push({ ...count, name: step.name, seconds })
  }
  const { lines, isGood } = summarize(counts)
  console.log(`\n${lines.join('\n')}`)
  process.exitCode = isGood ? 0 : 1
}

async function runStep({ command, report, env }: Step): Promise<Count> {
  // What an earlier run left must not be counted.
  if (report) rmSync(report.file, { force: true })
  const isGreen = (await exitCode(command, env)) === 0
  if (!report) return isGreen ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 }
  const count = existsSync(report.file) ? report.read(JSON.parse(readFileSync(report.file, 'utf8'))) : none
  // A run can fail without a failed test: a file that does not load, an error outside of any test, no test at all.
  const isHollow = count.passed + count.failed === 0
  return (!isGreen && count.failed === 0) || isHollow ? { ...count, failed: count.failed + 1 } : count
}

const none: Count = { passed: 0, failed: 0 }

function exitCode([name = '', ...args]: string[], env: Record<string, string> = {}): Promise<number> {
  return new Promise((resolve) => {
    const child = spawn(path.join(bin, name), args, {
      cwd: root,
      stdio: 'inherit',
      env: { ...cleanEnv(), ...env },
    })
    child.once('error', (error) => {
      console.error(error.message)
      resolve(1)
    })
    child.once('exit', (code) => resolve(code ?? 1))
  })
}

/** What configures the console or the tools in a developer's shell must not change what is tested. */
const foreign =
  /^(APP_ORIGIN|AUTH_SECRET|DATABASE_URL|DATA_DIR|CONNECTIONS_FILE|TRUSTED_PROXIES|PORT|HOSTNAME|NODE_ENV|NODE_OPTIONS|TENCENT_.*|ZEGO_.*|OIDC_.*|NEXTAUTH_.*|NEXT_.*|__NEXT_.*|PG[A-Z]+|VITEST.*|TSX_.*|TZ|LANG|LANGUAGE|LC_.*)$/

/** The environment of every step, with the Node from npm, if there is one, first on the path. */
function cleanEnv(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !foreign.test(name))
  return {
    ...Object.fromEntries(kept),
    NODE_ENV: 'production',
    NEXT_TELEMETRY_DISABLED: '1',
    LANG: 'C.UTF-8',
    TZ: 'UTC',
    PATH: [bin, process.env.PATH ?? ''].join(path.delimiter),
  }
}

await main()
