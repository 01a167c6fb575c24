import { readFileSync } from 'node:fs'
import path from 'node:path'
import * as z from 'zod'
import { root } from './demo/sources'

/** What came back from calling a server action. */
export type ActionAnswer = {
  /** HTTP status; 200 whenever the action itself ran */
  status: number
  /** what the action returned; null when the server answered without having run it */
  result: ActionResult | null
  /** the whole answer */
  text: string
}

const resultSchema = z.discriminatedUnion('ok', [
  z.strictObject({ ok: z.literal(true), data: z.unknown() }),
  z.strictObject({
    ok: z.literal(false),
    error: z.strictObject({
      code: z.string(),
      requestId: z.uuid(),
      fields: z.record(z.string(), z.string()).optional(),
      details: z.record(z.string(), z.unknown()).optional(),
    }),
  }),
])
export type ActionResult = z.infer<typeof resultSchema>

const manifestSchema = z.object({
  node: z.record(
    z.string(),
    z.object({ exportedName: z.string(), workers: z.record(z.string(), z.unknown()) }),
  ),
})

type BuiltAction = {
  id: string
  /** a page that uses it; Next passes calls to any other one on, and answers mistakes in them with 200 */
  page: string
}

/** The server actions that the production build answers, by exported name. */
export function builtActions(): Map<string, BuiltAction> {
  const file = path.join(root, '.next/server/server-reference-manifest.json')
  const { node } = manifestSchema.parse(JSON.parse(readFileSync(file, 'utf8')))
  return new Map(
    Object.entries(node).map(([id, { exportedName, workers }]) => [
      exportedName,
      { id, page: addressOf(Object.keys(workers)[0] ?? '') },
    ]),
  )
}

/** `app/(console)/accounts/[connection]/[userId]/page` → `/accounts/sg/sg` */
function addressOf(worker: string): string {
  return worker
    .replace(/^app/, '')
    .replace(/\/page$/, '')
    .replaceAll(/\/\([^)]+\)/g, '')
    .replaceAll(/\[[^\]]+\]/g, 'sg')
}

/** The headers of a call that the console's own page would make. */
export function ownHeaders(consoleUrl: string): Record<string, string> {
  return { origin: consoleUrl, 'sec-fetch-site': 'same-origin' }
}

/**
 * Calls a server action over HTTP without a browser, as a script or an attacker can: nothing is sent but what is
 * given. `body` is the JSON list of the action's arguments, in React's encoding.
 */
export async function postAction(options: {
  consoleUrl: string
  /** as exported */
  name: string
  body: string
  cookie?: string
  headers: Record<string, string>
}): Promise<ActionAnswer> {
  const { consoleUrl, name, body, cookie, headers } = options
  const { id, page } = requireBuilt(name)
  const response = await fetch(new URL(page, consoleUrl), {
    method: 'POST',
    redirect: 'manual',
    headers: {
      'next-action': id,
      'content-type': 'text/plain;charset=UTF-8',
      accept: 'text/x-component',
      ...(cookie ? { cookie } : {}),
      ...headers,
    },
    body,
  })
  const text = await response.text()
  return { status: response.status, result: resultOf(text), text }
}

/** An action's call as its page makes it: signed in, from the console's own origin, with one plain argument. */
export async function callAction(
  consoleUrl: string,
  cookie: string,
  name: string,
  input: unknown,
): Promise<ActionAnswer> {
  return postAction({
    consoleUrl,
    name,
    body: JSON.stringify([input]),
    cookie,
    headers: ownHeaders(consoleUrl),
  })
}

function requireBuilt(name: string): BuiltAction {
  const built = builtActions().get(name)
  if (!built) throw new Error(`the build has no action ${name}: no page uses it, or the build is old`)
  return built
}

/** Cookies as one header. */
export function cookieHeader(cookies: readonly { name: string; value: string }[]): string {
  return cookies.map(({ name, value }) => `${name}=${value}`).join('; ')
}

/**
 * Reads React's answer as far as results need it: rows of `id:json`, of which the first names the row of what the
 * action returned (`"a":"$@1"`). Results are plain data; `$undefined` stands for what is not there, and a text that
 * begins with `$` has one more.
 */
function resultOf(text: string): ActionResult | null {
  const rows = new Map(
    text.split('\n').flatMap((line) => {
      const [, id, json] = /^([0-9a-f]+):([[{].*)$/.exec(line) ?? []
      return id && json ? [[id, json] as const] : []
    }),
  )
  const head = /"a":"\$@([0-9a-f]+)"/.exec(rows.get('0') ?? '')
  const returned = rows.get(head?.[1] ?? '')
  return returned === undefined ? null : resultSchema.parse(plain(JSON.parse(returned)))
}

function plain(value: unknown): unknown {
  if (value === '$undefined') return undefined
  if (typeof value === 'string') return value.startsWith('$$') ? value.slice(1) : value
  if (Array.isArray(value)) return value.map(plain)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, plain(inner)]))
}
