import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { ConfigError, parseEnv, type TencentConnection } from '@/lib/env'
import { baseOf } from './client'

/** Main domains by data centre, as Tencent's "RESTful API Overview" names them; Mumbai's is only in older pages. */
const documented = {
  china: 'console.tim.qq.com',
  singapore: 'adminapisgp.im.qcloud.com',
  seoul: 'adminapikr.im.qcloud.com',
  tokyo: 'adminapijpn.im.qcloud.com',
  frankfurt: 'adminapiger.im.qcloud.com',
  'silicon-valley': 'adminapiusa.im.qcloud.com',
  jakarta: 'adminapiidn.im.qcloud.com',
  mumbai: 'adminapiind.im.qcloud.com',
} satisfies Record<TencentConnection['region'], string>

/** The connections of a file that has one of Tencent, with these fields changed. */
function readFile(change: object) {
  const folder = mkdtempSync(path.join(tmpdir(), 'hosts-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const file = path.join(folder, 'connections.json')
  const connection = {
    ...{ key: 'sg', provider: 'tencent', name: 'Live', sdkAppId: 1_400_000_000 },
    ...{ adminIdentifier: 'administrator', secretKeyEnv: 'SG_SECRET', ...change },
  }
  writeFileSync(file, JSON.stringify([connection]))
  return parseEnv({
    APP_ORIGIN: 'https://mod.example.com',
    AUTH_SECRET: 'x'.repeat(32),
    SG_SECRET: 'secret',
    CONNECTIONS_FILE: file,
  }).connections
}

test.each(Object.entries(documented))('the data centre %s is called at %s, by https', (region, host) => {
  const [connection] = readFile({ region })
  if (connection?.provider !== 'tencent') throw new Error('another connection was read')
  expect(baseOf(connection).href).toBe(`https://${host}/`)
})

test.each(['mars', 'unified', 'SINGAPORE', 'singapore ', 'toString', '', null, undefined])(
  'a data centre like %j is refused where the file is read, and never guessed',
  (region) => {
    expect(() => readFile({ region })).toThrow(ConfigError)
    expect(() => readFile({ region })).toThrow(/0\.region/)
  },
)

test('an endpoint of its own stands for the data centre', () => {
  const [connection] = readFile({ region: 'tokyo', endpoint: 'https://proxy.example.com/chat' })
  if (connection?.provider !== 'tencent') throw new Error('another connection was read')
  expect(baseOf(connection).href).toBe('https://proxy.example.com/chat')
})
