import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { startChild } from './child'
import { consoleEnv, type Environment } from './environment'
import { fingerprint, root } from './sources'

const cache = path.join(root, 'node_modules/.cache/hushdesk-demo')

/**
 * Brings the sign-ins and the directory into the console's database. A throw-away embedded one is copied from a
 * template, which is made once for each state of the sources that shape it.
 */
export async function prepareDatabase(
  env: Environment,
  isCopied: boolean,
  log: (line: string) => void,
): Promise<void> {
  if (!isCopied) return seed(env)
  const template = templateOfNow()
  if (!existsSync(template)) await makeTemplate(template, env, log)
  cpSync(template, env.DATA_DIR ?? '', { recursive: true })
}

/** Makes the template unless it is there: for whoever is about to start several consoles, each of which would make it. */
export async function prepareTemplate(log: (line: string) => void): Promise<void> {
  const template = templateOfNow()
  if (existsSync(template)) return
  const home = mkdtempSync(path.join(os.tmpdir(), 'hushdesk-template-'))
  try {
    // Nobody is asked: the provider's address only goes into those of pictures, and is another one at each start.
    const nowhere = 'http://127.0.0.1:1'
    const env = consoleEnv({ home, port: 1, emulatorUrl: nowhere, stage: 'production' })
    await makeTemplate(template, env, log)
  } finally {
    rmSync(home, { recursive: true, force: true })
  }
}

function templateOfNow(): string {
  return path.join(cache, fingerprint(['lib', 'e2e/demo', 'e2e/emulator/data']))
}

async function makeTemplate(template: string, env: Environment, log: (line: string) => void): Promise<void> {
  log('preparing the data …')
  mkdirSync(cache, { recursive: true })
  for (const old of readdirSync(cache))
    if (!old.startsWith('new-')) rmSync(path.join(cache, old), { recursive: true, force: true })
  const making = mkdtempSync(path.join(cache, 'new-'))
  await seed({ ...env, DATA_DIR: path.join(making, 'database') })
  try {
    renameSync(path.join(making, 'database'), template)
  } catch (error) {
    // Another process was faster; its template is as good.
    if (!existsSync(template)) throw error
  } finally {
    rmSync(making, { recursive: true, force: true })
  }
}

async function seed(env: Environment): Promise<void> {
  const child = startChild({
    name: 'preparing the database',
    cwd: root,
    env,
    args: ['--conditions=react-server', '--import', 'tsx', 'e2e/demo/seed.ts'],
  })
  const how = await child.died
  if (!how.startsWith(`${child.name} ended with code 0`)) throw new Error(how)
}
