import { createHash, randomBytes } from 'node:crypto'
import type { ZegoAction } from '../schemas'
import { DEFAULT_ZEGO_APPS } from '../zego/apps'

const GET_ACTIONS: readonly ZegoAction[] = [
  'MuteGroup',
  'MuteGroupMembers',
  'QueryAppGroupList',
  'QueryUserOnlineState',
]

type Scalar = string | number | boolean

/** What a test changes about an otherwise flawless call. A query parameter of null is left out. */
export type ZegoChanges = {
  method?: string
  appId?: number
  serverSecret?: string
  nonce?: string
  timestamp?: number | string
  query?: Record<string, string | null>
  /** Added to the query as it is. */
  rawQuery?: string
  /** Sent as it is, in place of the JSON of the parameters. */
  rawBody?: string | Uint8Array<ArrayBuffer>
}

/** A signature of version 2.0, written from the documents apart from the emulator's own. */
export function signZego(appId: number | string, nonce: string, secret: string, timestamp: number | string) {
  return createHash('md5').update(`${appId}${nonce}${secret}${timestamp}`, 'utf8').digest('hex')
}

/** Calls an Action as the first app's server would, apart from the changes. */
export async function callZego(url: string, action: ZegoAction, params: object, changes: ZegoChanges = {}) {
  const isGet = GET_ACTIONS.includes(action)
  const appId = changes.appId ?? 1234567890
  const nonce = changes.nonce ?? randomBytes(8).toString('hex')
  const timestamp = changes.timestamp ?? Math.floor(Date.now() / 1000)
  const secret = changes.serverSecret ?? DEFAULT_ZEGO_APPS[0]?.serverSecret ?? ''
  const common: Record<string, string | null> = {
    Action: action,
    AppId: String(appId),
    SignatureNonce: nonce,
    Timestamp: String(timestamp),
    SignatureVersion: '2.0',
    Signature: signZego(appId, nonce, secret, timestamp),
    ...changes.query,
  }
  const query = Object.entries(common)
    .flatMap(([name, value]) => (value === null ? [] : [`${name}=${encodeURIComponent(value)}`]))
    .concat(isGet ? Object.entries(params).flatMap(parametersOf) : [], changes.rawQuery ?? [])
    .join('&')
  const method = changes.method ?? (isGet ? 'GET' : 'POST')
  const body = changes.rawBody ?? (isGet ? undefined : JSON.stringify(params))
  const response = await fetch(`${url}/?${query}`, {
    method,
    ...(method !== 'GET' && { body: body ?? '', headers: { 'content-type': 'application/json' } }),
  })
  const text = await response.text()
  return { status: response.status, text, json: parse(text) }
}

function parametersOf([name, value]: [string, unknown]): string[] {
  if (Array.isArray(value)) return value.map((item: Scalar) => `${name}[]=${encodeURIComponent(item)}`)
  return [`${name}=${encodeURIComponent(String(value))}`]
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
