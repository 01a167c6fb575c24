import { spawn } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { argon2Hasher } from '@/lib/auth/password-hasher'
import { openEmbedded } from '@/lib/db/open'
import { moderators } from '@/lib/db/schema'
import { bundled } from '@/lib/testing/bundle'
import { layEmbedded } from '@/lib/testing/fresh-db'

const root = path.resolve(import.meta.dirname, '../..')
let folder: string

beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'hushdesk-user-'))
  const connection = {
    key: 'sg',
    provider: 'tencent',
    name: 'App',
    sdkAppId: 1,
    adminIdentifier: 'a',
    region: 'singapore',
  }
  const connections = [{ ...connection, secretKeyEnv: 'SG_SECRET' }]
  await writeFile(path.join(folder, 'connections.json'), JSON.stringify(connections))
  await layEmbedded(path.join(folder, 'data'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

test('the command adds, tells mistakes in one line, and keeps off a database that is in use', async () => {
  const added = await user(
    ['add', 'Ann@example.com', '--role', 'lead', '--password-stdin'],
    'one given by hand\n',
  )
  expect(added).toEqual({ code: 0, stdout: 'added ann@example.com as lead\n', stderr: '' })

  const open = await openEmbedded(path.join(folder, 'data'))
  try {
    const [row] = await open.db.select().from(moderators)
    expect(row).toMatchObject({ email: 'ann@example.com', role: 'lead', name: 'ann' })
    expect(await argon2Hasher.verify(row?.passwordHash ?? '', 'one given by hand')).toBe(true)

    const [locked, badRole] = await Promise.all([
      user(['reset', 'ann@example.com']),
      user(['add', 'x@example.com', '--role', 'owner']),
    ])
    expect(locked).toMatchObject({ code: 1, stdout: '' })
    expect(locked.stderr).toMatch(
      new RegExp(`^The embedded database .* in use by process ${process.pid}\\..*\\n$`),
    )
    expect(badRole).toMatchObject({ code: 1, stdout: '' })
    expect(badRole.stderr).toMatch(/Allowed choices are viewer, support, moderator, lead, admin\.\n$/)
  } finally {
    await open.close()
  }
}, 60_000)

test('the command enables whom it disabled, and tells when there is nothing to do', async () => {
  const email = 'ann@example.com'
  expect(await user(['enable', email])).toEqual({
    code: 1,
    stdout: '',
    stderr: 'that sign-in is so already; nothing was changed\n',
  })
  expect(await user(['disable', email])).toMatchObject({ code: 0 })
  const reset = await user(['reset', email, '--password-stdin'], 'another one by hand\n')
  expect(reset).toMatchObject({ code: 0, stderr: '' })
  expect(reset.stdout).toContain('the sign-in is disabled and stays so')
  const enabled = await user(['enable', email])
  expect(enabled).toMatchObject({ code: 0, stderr: '' })
  expect(enabled.stdout).toMatch(/^enabled ann@example\.com;/)
}, 60_000)

async function user(args: string[], input = '') {
  const child = spawn(process.execPath, [...bundled('lib/cli/user.ts'), ...args], {
    cwd: root,
    env: {
      ...process.env,
      DATABASE_URL: undefined,
      APP_ORIGIN: 'http://localhost:3000',
      AUTH_SECRET: 'a'.repeat(32),
      DATA_DIR: path.join(folder, 'data'),
      CONNECTIONS_FILE: path.join(folder, 'connections.json'),
      SG_SECRET: 'secret',
    },
  })
  child.stdin.end(input)
  const exit = new Promise<number | null>((resolve) => child.once('close', resolve))
  const [stdout, stderr, code] = await Promise.all([text(child.stdout), text(child.stderr), exit])
  return { code, stdout, stderr }
}
