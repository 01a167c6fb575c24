import type { TencentConnection, ZegoConnection } from '@/lib/env'
import { DEFAULT_APPS } from '../../e2e/emulator/tencent/apps'
import { DEFAULT_ZEGO_APPS } from '../../e2e/emulator/zego/apps'

/** The first app of an emulator as a connection, for what calls it without a console. */
export function emulatedConnection(emulatorUrl: string): TencentConnection {
  const app = DEFAULT_APPS[0]
  if (!app) throw new Error('the emulator has no app')
  return {
    key: 'sg',
    name: 'Live app (Singapore)',
    provider: 'tencent',
    sdkAppId: app.appId,
    adminIdentifier: 'administrator',
    secretKey: app.secretKey,
    region: 'singapore',
    endpoint: emulatorUrl,
    limits: { callsPerSecond: {} },
  }
}

/** The first ZEGO app of an emulator as a connection. */
export function emulatedZegoConnection(emulatorUrl: string): ZegoConnection {
  const app = DEFAULT_ZEGO_APPS[0]
  if (!app) throw new Error('the emulator has no ZEGO app')
  return {
    key: 'zim',
    name: 'Party rooms (ZEGO)',
    provider: 'zego',
    appId: app.appId,
    operatorUserId: 'moderation',
    serverSecret: app.serverSecret,
    region: 'unified',
    endpoint: emulatorUrl,
    limits: { callsPerSecond: {} },
  }
}
