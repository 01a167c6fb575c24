import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { parseEnv } from './env'

const folder = mkdtempSync(path.join(os.tmpdir(), 'hushdesk-env-'))
afterAll(() => rmSync(folder, { recursive: true }))

const connection = {
  key: 'sg',
  provider: 'tencent',
  name: 'Live app',
  sdkAppId: 1400000000,
  adminIdentifier: 'administrator',
  secretKeyEnv: 'SG_SECRET',
  region: 'singapore',
}
const zego = {
  key: 'zim',
  provider: 'zego',
  name: 'Party rooms',
  appId: 4_294_967_295,
  operatorUserId: 'moderation',
  serverSecretEnv: 'ZIM_SECRET',
  region: 'unified',
}
let files = 0
function fileWith(content: string): string {
  files += 1
  const file = path.join(folder, `${files}.json`)
  writeFileSync(file, content)
  return file
}
const good = (connections: unknown = [connection]) => ({
  APP_ORIGIN: 'https://mod.example.com/path',
  AUTH_SECRET: 'x'.repeat(32),
  SG_SECRET: 'secret',
  CONNECTIONS_FILE: fileWith(JSON.stringify(connections)),
})

test('a right configuration: the origin without a path, the secret from its variable, the defaults', () => {
  const env = parseEnv(good())
  expect(env).toMatchObject({ appOrigin: 'https://mod.example.com', databaseUrl: undefined })
  expect(env.connections).toMatchObject([{ key: 'sg', secretKey: 'secret', limits: { callsPerSecond: {} } }])
  expect(env.connections[0]).not.toHaveProperty('secretKeyEnv')
  expect(path.basename(env.dataDir)).toBe('.data')
})

test('a ZEGO app stands beside a Tencent app, each with its own secret', () => {
  const { connections } = parseEnv({ ...good([connection, zego]), ZIM_SECRET: 'the other' })
  expect(connections).toMatchObject([
    { provider: 'tencent', sdkAppId: 1400000000, secretKey: 'secret' },
    { provider: 'zego', appId: 4_294_967_295, operatorUserId: 'moderation', serverSecret: 'the other' },
  ])
  expect(connections[1]).not.toHaveProperty('serverSecretEnv')
  const called = good([{ ...connection, callbackSecretEnv: 'SG_CALLBACK' }])
  expect(() => parseEnv(called)).toThrow(/^SG_CALLBACK is missing: the secret of connection "sg"$/)
  const [listening] = parseEnv({ ...called, SG_CALLBACK: 'token' }).connections
  expect(listening).toMatchObject({ callbackSecret: 'token' })
  expect(listening).not.toHaveProperty('callbackSecretEnv')
  expect(() => parseEnv(good([zego]))).toThrow(/^ZIM_SECRET is missing: the secret of connection "zim"$/)
})

test('messages may go to a webhook instead, whose secret is in its variable and only there', () => {
  const notices = { url: 'https://chat.example.com/notices?k=1', secretEnv: 'NOTICE_SECRET' }
  const source = good([{ ...connection, notices }])
  expect(() => parseEnv(source)).toThrow(/^NOTICE_SECRET is missing: the secret of connection "sg"$/)
  const [told] = parseEnv({ ...source, NOTICE_SECRET: 'between us' }).connections
  expect(told?.notices).toEqual({ url: notices.url, secret: 'between us' })
})

test('the clock may be ahead beside the stand-in for every provider, and nowhere else', () => {
  const local = { ...connection, endpoint: 'http://127.0.0.1:4000' }
  const wish = { CLOCK_AHEAD_SECONDS: '90' }
  expect(parseEnv({ ...good([local]), ...wish }).clockAheadMs).toBe(90_000)
  expect(parseEnv(good()).clockAheadMs).toBe(0)
  const real = [[connection], [local, { ...connection, key: 'live' }]]
  const elsewhere = [{ ...local, endpoint: 'https://127.0.0.1.example.com' }]
  for (const connections of [...real, elsewhere])
    expect(() => parseEnv({ ...good(connections), ...wish })).toThrow(/^CLOCK_AHEAD_SECONDS: is for tests/)
  expect(() => parseEnv({ ...good([local]), CLOCK_AHEAD_SECONDS: '-1' })).toThrow(
    /^CLOCK_AHEAD_SECONDS: must be a number/,
  )
})

test.each(['http://localhost:3000', 'http://127.0.0.1:8080', 'http://[::1]:3000', 'https://a.example'])(
  'takes %s for an origin',
  (origin) => expect(parseEnv({ ...good(), APP_ORIGIN: origin }).appOrigin).toBe(origin),
)

test.each([
  ['APP_ORIGIN', 'http://mod.example.com', /^APP_ORIGIN: must begin with https/],
  ['APP_ORIGIN', 'http://127.0.0.1.example.com', /^APP_ORIGIN: must begin with https/],
  ['APP_ORIGIN', 'mod.example.com', /^APP_ORIGIN: must be the console's own origin/],
  ['APP_ORIGIN', undefined, /^APP_ORIGIN: /],
  ['AUTH_SECRET', undefined, /^AUTH_SECRET: is missing/],
  ['AUTH_SECRET', 'short', /^AUTH_SECRET: must have at least 32/],
  ['DATABASE_URL', 'mysql://x', /^DATABASE_URL: must begin with postgres/],
  ['SG_SECRET', undefined, /^SG_SECRET is missing: the secret of connection "sg"$/],
  ['CONNECTIONS_FILE', path.join(folder, 'none.json'), /^CONNECTIONS_FILE: .*none\.json cannot be read$/],
])('%s=%s is told in one line', (name, value, message) => {
  const attempt = () => parseEnv({ ...good(), [name]: value })
  expect(attempt).toThrow(message)
})

test.each([
  ['no JSON', '[{', /is not JSON/],
  ['no connection', '[]', /needs at least one connection/],
  ['an unknown provider', JSON.stringify([{ ...connection, provider: 'other' }]), /0\.provider/],
  ['a field too many', JSON.stringify([{ ...connection, secretKey: 'in the file' }]), /secretKey/],
  ['an unknown region', JSON.stringify([{ ...connection, region: 'mars' }]), /0\.region/],
  ['an app id that is none', JSON.stringify([{ ...zego, appId: 2 ** 32 }]), /0\.appId/],
  ['a region of another provider', JSON.stringify([{ ...zego, region: 'tokyo' }]), /0\.region/],
  [
    'an operator of 33 bytes',
    JSON.stringify([{ ...zego, operatorUserId: `${'あ'.repeat(10)}abc` }]),
    /0\.operatorUserId: must have at most 32 bytes/,
  ],
  [
    'messages in clear text',
    JSON.stringify([{ ...connection, notices: { url: 'http://chat.example.com/', secretEnv: 'N' } }]),
    /0\.notices\.url: must begin with https:\/\/$/,
  ],
  [
    'a password in an address',
    JSON.stringify([{ ...connection, notices: { url: 'https://a:b@c.example/', secretEnv: 'N' } }]),
    /0\.notices\.url: must not hold a name or password$/,
  ],
  [
    'a secret of messages in the file',
    JSON.stringify([
      { ...connection, notices: { url: 'https://c.example/', secretEnv: 'N', secret: 'in the file' } },
    ]),
    /0\.notices: Unrecognized key: "secret"$/,
  ],
  ['a key that stands twice', JSON.stringify([connection, connection]), /1\.key "sg" stands twice/],
])('a connections file with %s is told with its place, in one line', (_name, content, message) => {
  const attempt = () => parseEnv({ ...good(), CONNECTIONS_FILE: fileWith(content) })
  expect(attempt).toThrow(message)
  expect(attempt).not.toThrow(/in the file/)
})
