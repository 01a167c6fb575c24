import { spawn } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createProvider } from '@/lib/provider'
import { checkConnection } from '@/lib/provider/check-connection'
import { emulatedConnection } from '@/lib/testing/emulated-connection'
import { type Emulator, startEmulator } from '../../e2e/emulator/start'

const root = path.resolve(import.meta.dirname, '../..')
const serverSecret = '00000000000000000000000000000abc'
const zegoAppId = 4_000_000_001
let folder: string
let emulator: Emulator

beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'hushdesk-connections-'))
  emulator = await startEmulator()
  await emulator.control.seed({
    accounts: [{ id: 'plain' }],
    zego: { appId: zegoAppId, apps: [{ appId: zegoAppId, serverSecret }] },
  })
  const { sdkAppId, region, adminIdentifier } = emulatedConnection(emulator.url)
  const tencent = {
    provider: 'tencent',
    name: 'App',
    sdkAppId,
    region,
    adminIdentifier,
    endpoint: emulator.url,
  }
  const zego = {
    provider: 'zego',
    name: 'Rooms',
    appId: zegoAppId,
    operatorUserId: 'moderation',
    serverSecretEnv: 'ZEGO_SECRET',
    region: 'unified',
    endpoint: emulator.url,
  }
  const connections = [
    { ...tencent, key: 'sg', secretKeyEnv: 'GOOD_SECRET' },
    { ...tencent, key: 'typo', secretKeyEnv: 'BAD_SECRET' },
    { ...tencent, key: 'elsewhere', sdkAppId: 1_400_009_999, secretKeyEnv: 'GOOD_SECRET' },
    { ...tencent, key: 'norights', adminIdentifier: 'plain', secretKeyEnv: 'GOOD_SECRET' },
    { ...zego, key: 'zim' },
    { ...zego, key: 'zimtypo', serverSecretEnv: 'BAD_ZEGO_SECRET' },
    { ...zego, key: 'zimapp', appId: zegoAppId + 1 },
    { ...tencent, key: 'down', endpoint: 'http://127.0.0.1:1', secretKeyEnv: 'GOOD_SECRET' },
  ]
  await writeFile(path.join(folder, 'connections.json'), JSON.stringify(connections))
})
afterAll(async () => {
  await emulator.close()
  await rm(folder, { recursive: true, force: true })
})

test('the command says of each connection in one line whether it works and what to do', async () => {
  const { code, stdout, stderr } = await connections(['check'])
  expect(stderr).toBe('')
  expect(code).toBe(1)
  const lines = stdout.trimEnd().split('\n')
  expect(lines.map((line) => line.split(/ {2,}/)[0])).toEqual([
    'sg',
    'typo',
    'elsewhere',
    'norights',
    'zim',
    'zimtypo',
    'zimapp',
    'down',
  ])
  const [sg, typo, elsewhere, norights, zim, zimtypo, zimapp, down] = lines
  expect(sg).toMatch(/ ok$/)
  expect(typo).toMatch(/ failed \(tencent 70009\): .+\. .+/)
  expect(elsewhere).toMatch(/ failed \(tencent 70020\): /)
  expect(norights).toMatch(/ failed \(tencent \d+\): /)
  expect(zim).toMatch(/ ok$/)
  expect(zimtypo).toMatch(/ failed \(zego \d+\): .+ ServerSecret/)
  expect(zimapp).toMatch(/ failed \(zego \d+\): .+ AppId/)
  expect(down).toMatch(/ failed \(tencent unreachable\): /)
  const { secretKey } = emulatedConnection(emulator.url)
  for (const secret of [secretKey, 'not the secret', serverSecret, 'f'.repeat(32)])
    expect(stdout).not.toContain(secret)
  // The operator is there now, as the calls about groups need it.
  expect((await connections(['check', 'zim'])).stdout).toMatch(/^zim {2}ok\n$/)
}, 60_000)

test('the command does not know connections that are not in the file', async () => {
  expect(await connections(['check', 'nowhere'])).toEqual({
    code: 1,
    stdout: '',
    stderr: 'there is no connection "nowhere"\n',
  })
}, 30_000)

test.each([
  ['an hour ahead', 3_600_000, 3_600],
  ['an hour behind', -3_600_000, -3_600],
  ['a second off', 1_000, null],
])('a clock that is %s', async (_, offMs, expected) => {
  const provider = createProvider(emulatedConnection(emulator.url), { acquire: async () => {} })
  try {
    const { clockAheadSeconds } = await checkConnection(provider, () => Date.now() + offMs)
    if (expected === null) expect(clockAheadSeconds).toBeNull()
    else expect(Math.abs((clockAheadSeconds ?? 0) - expected)).toBeLessThan(20)
  } finally {
    await provider.close()
  }
})

/** Runs the command as its npm script does. */
async function connections(args: string[]) {
  const child = spawn(
    process.execPath,
    ['--conditions=react-server', '--import', 'tsx', 'lib/cli/connections.ts', ...args],
    {
      cwd: root,
      env: {
        PATH: process.env.PATH ?? '',
        NODE_ENV: 'production',
        APP_ORIGIN: 'http://localhost:3000',
        AUTH_SECRET: 'x'.repeat(32),
        CONNECTIONS_FILE: path.join(folder, 'connections.json'),
        GOOD_SECRET: emulatedConnection(emulator.url).secretKey,
        BAD_SECRET: 'not the secret',
        ZEGO_SECRET: serverSecret,
        BAD_ZEGO_SECRET: 'f'.repeat(32),
      },
    },
  )
  const [stdout, stderr, code] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    new Promise<number | null>((resolve) => child.once('exit', resolve)),
  ])
  return { code, stdout, stderr }
}
