import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { cleanEnv } from '../demo/environment'
import { root } from '../demo/sources'
import { describeMachine, loadAverage, type Machine } from './machine'
import { parts } from './parts'
import { type Findings, type PartReport, renderTable } from './report'

/**
 * `npm run bench` measures everything, `npm run bench -- NAME …` the parts named. Prints one table with a verdict for
 * each bar and keeps it in .tmp/bench.json, beside what other parts said last. Times are a matter of the machine: a
 * missed bar is for a person to judge and no failure. Exit code 1 only when a part could not be measured.
 */

const file = path.join(root, '.tmp/bench.json')
type Report = { machine: Machine; parts: Record<string, PartReport> }

const inside = '--inside'

async function main(): Promise<void> {
  const [first, ...rest] = process.argv.slice(2)
  if (first === inside) return await runInside(rest[0] ?? '')
  const names = first === undefined ? Object.keys(parts) : [first, ...rest]
  const unknown = names.find((name) => !(name in parts))
  if (unknown !== undefined) {
    console.error(`bench: no part ${unknown}; there are ${Object.keys(parts).join(', ')}`)
    process.exitCode = 2
    return
  }
  const report: Report = { machine: describeMachine(), parts: {} }
  for (const name of names) {
    report.parts[name] = await runPart(name)
    keep(report)
  }
  const { versions, ...machine } = report.machine
  console.log(`\n${line(machine)}\n${line(versions)}\n\n${renderTable(report.parts)}`)
  if (Object.values(report.parts).some(({ failure }) => failure)) process.exitCode = 1
}

/** A process of its own for each part: none finds the memory or the connections of the one before. */
async function runPart(name: string): Promise<PartReport> {
  console.error(`bench: ${name} …`)
  const before = loadAverage()
  const startedAt = performance.now()
  const child = spawn(
    process.execPath,
    ['--conditions=react-server', '--import', 'tsx', import.meta.filename, inside, name],
    { cwd: root, env: cleanEnv(), stdio: ['ignore', 'inherit', 'inherit', 'ipc'] },
  )
  let findings: Findings | undefined
  // Its own process of this very file: what it sends is what `runInside` sends.
  child.on('message', (message) => {
    findings = message as Findings
  })
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve))
  return {
    ...(findings ?? { rows: [], notes: [], failure: `ended with code ${code}; see above` }),
    at: new Date().toISOString(),
    seconds: Math.round((performance.now() - startedAt) / 1_000),
    load: { before, after: loadAverage() },
  }
}

async function runInside(name: string): Promise<void> {
  const findings = await parts[name]?.()
  await new Promise((resolve) => process.send?.(findings, resolve))
  // Nothing of a part is worth waiting for now: what it started ends with it.
  process.exit(0)
}

function keep(report: Report): void {
  const last = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Partial<Report>) : {}
  mkdirSync(path.dirname(file), { recursive: true })
  writeFileSync(file, JSON.stringify({ ...report, parts: { ...last.parts, ...report.parts } }, null, 2))
}

function line(values: Record<string, unknown>): string {
  return Object.entries(values)
    .map(([name, value]) => `${name} ${value}`)
    .join(' · ')
}

await main()
