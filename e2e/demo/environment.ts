import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { DEFAULT_APPS } from '../emulator/tencent/apps'
import { DEFAULT_ZEGO_APPS } from '../emulator/zego/apps'

/** What a developer may have in the shell that would change what a demo or a test run does. */
const foreign =
  /^(APP_ORIGIN|AUTH_SECRET|DATABASE_URL|DATA_DIR|CONNECTIONS_FILE|TRUSTED_PROXIES|CLOCK_AHEAD_SECONDS|PORT|HOSTNAME|NODE_ENV|NODE_OPTIONS|TENCENT_.*|ZEGO_.*|OIDC_.*|NEXTAUTH_.*|NEXT_.*|__NEXT_.*|PG[A-Z]+|TSX_.*|npm_.*)$/

export type Environment = Record<string, string> & { NODE_ENV: 'production' | 'development' | 'test' }

/** This process's environment without what configures the console, and with this very Node first on the path. */
export function cleanEnv(stage: Environment['NODE_ENV'] = 'production'): Environment {
  const kept = Object.entries(process.env).flatMap(([name, value]) =>
    value === undefined || foreign.test(name) ? [] : [[name, value] as const],
  )
  return {
    ...Object.fromEntries(kept),
    PATH: [path.dirname(process.execPath), process.env.PATH ?? ''].join(path.delimiter),
    NODE_ENV: stage,
    NEXT_TELEMETRY_DISABLED: '1',
  }
}

/** What the demo's providers sign their callbacks with; it opens nothing. */
export const demoCallbackSecret = 'the demo signs callbacks with this'

const connections = [
  {
    key: 'sg',
    name: 'Live app (Singapore)',
    region: 'singapore',
    secretKeyEnv: 'TENCENT_SG_SECRET',
    callbackSecretEnv: 'TENCENT_SG_CALLBACK',
  },
  { key: 'beta', name: 'Beta app (Tokyo)', region: 'tokyo', secretKeyEnv: 'TENCENT_BETA_SECRET' },
] as const

const zegoConnection = {
  key: 'zim',
  provider: 'zego',
  name: 'Party rooms (ZEGO)',
  operatorUserId: 'moderation',
  serverSecretEnv: 'ZEGO_SECRET',
  callbackSecretEnv: 'ZEGO_CALLBACK',
  region: 'unified',
} as const

/** Writes the console's configuration into `home` and gives back its environment. The secret is made once and kept. */
export function consoleEnv(options: {
  home: string
  port: number
  emulatorUrl: string
  stage: Environment['NODE_ENV']
}): Environment {
  const { home, port, emulatorUrl, stage } = options
  mkdirSync(home, { recursive: true })
  const connectionsFile = path.join(home, 'connections.json')
  const entries = connections.map((connection, index) => ({
    ...connection,
    provider: 'tencent',
    sdkAppId: appAt(DEFAULT_APPS, index).appId,
    adminIdentifier: 'administrator',
    endpoint: emulatorUrl,
  }))
  const zegoApp = appAt(DEFAULT_ZEGO_APPS, 0)
  const zim = { ...zegoConnection, appId: zegoApp.appId, endpoint: emulatorUrl }
  writeFileSync(connectionsFile, JSON.stringify([...entries, zim], null, 2))
  const secrets = connections.map(
    ({ secretKeyEnv }, index) => [secretKeyEnv, appAt(DEFAULT_APPS, index).secretKey] as const,
  )
  return {
    ...cleanEnv(stage),
    ...Object.fromEntries(secrets),
    [zegoConnection.serverSecretEnv]: zegoApp.serverSecret,
    TENCENT_SG_CALLBACK: demoCallbackSecret,
    [zegoConnection.callbackSecretEnv]: demoCallbackSecret,
    APP_ORIGIN: `http://localhost:${port}`,
    AUTH_SECRET: keptSecret(path.join(home, 'auth-secret')),
    CONNECTIONS_FILE: connectionsFile,
    DATA_DIR: path.join(home, 'database'),
  }
}

function appAt<App>(apps: readonly App[], index: number): App {
  const app = apps[index]
  if (!app) throw new Error('the emulator has fewer apps than the demo has connections')
  return app
}

function keptSecret(file: string): string {
  if (!existsSync(file)) writeFileSync(file, randomBytes(32).toString('hex'), { mode: 0o600 })
  return readFileSync(file, 'utf8')
}
