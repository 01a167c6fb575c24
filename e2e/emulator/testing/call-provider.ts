import { Api } from 'tls-sig-api-v2'
import type { ApiName } from '../schemas'
import { DEFAULT_APPS } from '../tencent/apps'

const PATHS: Partial<Record<ApiName, string>> = {
  setnospeaking: 'v4/openconfigsvr/setnospeaking',
  getnospeaking: 'v4/openconfigsvr/getnospeaking',
  account_check: 'v4/im_open_login_svc/account_check',
  portrait_get: 'v4/profile/portrait_get',
  query_online_status: 'v4/openim/query_online_status',
  forbid_send_msg: 'v4/group_open_http_svc/forbid_send_msg',
  get_group_muted_account: 'v4/group_open_http_svc/get_group_muted_account',
  get_appid_group_list: 'v4/group_open_http_svc/get_appid_group_list',
  get_group_info: 'v4/group_open_http_svc/get_group_info',
  get_group_member_info: 'v4/group_open_http_svc/get_group_member_info',
  get_specified_group_member_info: 'v4/group_open_http_svc/get_specified_group_member_info',
  get_role_in_group: 'v4/group_open_http_svc/get_role_in_group',
  get_joined_group_list: 'v4/group_open_http_svc/get_joined_group_list',
  modify_group_base_info: 'v4/group_open_http_svc/modify_group_base_info',
  get_topic: 'v4/million_group_open_http_svc/get_topic',
  modify_topic: 'v4/million_group_open_http_svc/modify_topic',
  delete_group_member: 'v4/group_open_http_svc/delete_group_member',
  group_msg_get_simple: 'v4/group_open_http_svc/group_msg_get_simple',
  admin_getroammsg: 'v4/openim/admin_getroammsg',
  sendmsg: 'v4/openim/sendmsg',
}

/** What a test changes about an otherwise flawless call. A query parameter of null is left out. */
export type CallChanges = {
  method?: string
  path?: string
  appId?: number
  secretKey?: string
  identifier?: string
  query?: Record<string, string | null>
  /** Added to the query as it is. */
  rawQuery?: string
  /** Sent as it is, in place of the JSON of the body. */
  rawBody?: string | Uint8Array<ArrayBuffer>
  signal?: AbortSignal
}

/** A UserSig by the provider's official package, made at this second. */
export function officialUserSig(
  appId: number,
  secretKey: string,
  identifier: string,
  expire = 86_400,
): string {
  return new Api(appId, secretKey).genUserSig(identifier, expire)
}

/** Calls the emulator as an administrator of the first app would, apart from the changes. */
export async function callProvider(url: string, api: ApiName, body: object, changes: CallChanges = {}) {
  const appId = changes.appId ?? 1400000000
  const secretKey = changes.secretKey ?? requireSecretKey(appId)
  const identifier = changes.identifier ?? 'administrator'
  const parameters: Record<string, string | null> = {
    sdkappid: String(appId),
    identifier,
    usersig: officialUserSig(appId, secretKey, identifier),
    random: '4294967295',
    contenttype: 'json',
    ...changes.query,
  }
  const query = Object.entries(parameters)
    .flatMap(([name, value]) => (value === null ? [] : [`${name}=${encodeURIComponent(value)}`]))
    .concat(changes.rawQuery ?? [])
    .join('&')
  const method = changes.method ?? 'POST'
  const response = await fetch(`${url}/${changes.path ?? PATHS[api]}?${query}`, {
    method,
    signal: changes.signal ?? null,
    ...(method !== 'GET' && { body: changes.rawBody ?? JSON.stringify(body) }),
  })
  const text = await response.text()
  return { status: response.status, type: response.headers.get('content-type'), text, json: parse(text) }
}

function requireSecretKey(appId: number): string {
  const app = DEFAULT_APPS.find((known) => known.appId === appId)
  if (!app) throw new Error('name the key of an app that is not there from the start')
  return app.secretKey
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
