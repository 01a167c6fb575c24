import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { listConnections, providerFor } from '.'

const folder = mkdtempSync(path.join(tmpdir(), 'hushdesk-connections-'))
const entry = {
  provider: 'tencent',
  sdkAppId: 1_400_000_000,
  adminIdentifier: 'administrator',
  secretKeyEnv: 'TEST_SECRET',
  region: 'frankfurt',
}

beforeAll(() => {
  const file = path.join(folder, 'connections.json')
  const entries = [
    { ...entry, key: 'live', name: 'Live app' },
    { ...entry, key: 'beta', name: 'Beta app' },
    {
      key: 'zim',
      name: 'Party rooms',
      provider: 'zego',
      appId: 1_234_567_890,
      operatorUserId: 'moderation',
      serverSecretEnv: 'TEST_SECRET',
      region: 'unified',
    },
  ]
  writeFileSync(file, JSON.stringify(entries))
  // Reading the environment sets them.
  vi.stubEnv('NEXTAUTH_URL', undefined)
  vi.stubEnv('NEXTAUTH_SECRET', undefined)
  vi.stubEnv('APP_ORIGIN', 'http://localhost:3000')
  vi.stubEnv('AUTH_SECRET', 'x'.repeat(32))
  vi.stubEnv('CONNECTIONS_FILE', file)
  vi.stubEnv('TEST_SECRET', 'never shown')
})

afterAll(() => {
  vi.unstubAllEnvs()
  rmSync(folder, { recursive: true })
})

test('the connections are listed in the order of the file, without anything secret', () => {
  expect(listConnections()).toEqual([
    { key: 'live', name: 'Live app', provider: 'tencent' },
    { key: 'beta', name: 'Beta app', provider: 'tencent' },
    { key: 'zim', name: 'Party rooms', provider: 'zego' },
  ])
})

test('a connection has one provider in a process', () => {
  expect([providerFor('live').name, providerFor('zim').name]).toEqual(['tencent', 'zego'])
  expect(providerFor('live')).toBe(providerFor('live'))
  expect(providerFor('live')).not.toBe(providerFor('beta'))
})

test.each(['', 'Live', 'nowhere', '__proto__'])('the connection %j is unknown', (key) => {
  expect(() => providerFor(key)).toThrow(expect.objectContaining({ code: 'UNKNOWN_CONNECTION' }))
})
