import { randomUUID } from 'node:crypto'
import * as z from 'zod'
import type { ApiScope } from '../lib/auth/roles'
import { test as base, openSession } from './fixtures'
import { callAction, cookieHeader } from './server-actions'

type PostAbout = {
  idempotencyKey?: string
  path?: 'reports' | 'appeals'
  headers?: Record<string, string>
  /** without saying how long it is */
  isStreamed?: boolean
}

/** What tests of the public API of reports share: keys, and requests with them. */
export const test = base.extend<{
  /** Makes a key that acts as the demo's moderator. */
  newKey(...scopes: ApiScope[]): Promise<string>
  /** Files a report, or what the path says; null: without a key. A text is sent as it is. */
  post(key: string | null, body: unknown, about?: PostAbout): Promise<Response>
  get(key: string, reportId: string): Promise<Response>
}>({
  newKey: async ({ demo, sessions }, use) => {
    const state = sessions.get('admin') ?? (await openSession(demo, 'admin'))
    sessions.set('admin', state)
    await use(async (...scopes) => {
      const input = { name: `Test ${randomUUID().slice(0, 8)}`, email: 'moderator@hushdesk.test', scopes }
      const cookie = cookieHeader(state.cookies)
      const { result } = await callAction(demo.consoleUrl, cookie, 'addApiKeyAction', input)
      return z.object({ secret: z.string() }).parse(result?.ok && result.data).secret
    })
  },
  post: async ({ consoleUrl }, use) =>
    use(
      (
        key,
        body,
        { idempotencyKey = randomUUID(), path = 'reports', headers = {}, isStreamed = false } = {},
      ) =>
        fetch(`${consoleUrl}/api/v1/${path}`, {
          method: 'POST',
          headers: {
            'content-type': 'application/json',
            'idempotency-key': idempotencyKey,
            ...(key === null ? {} : { authorization: `Bearer ${key}` }),
            ...headers,
          },
          ...(isStreamed ? streamed(text(body)) : { body: text(body) }),
        }),
    ),
  get: async ({ consoleUrl }, use) =>
    use((key, reportId) =>
      fetch(`${consoleUrl}/api/v1/reports/${reportId}`, { headers: { authorization: `Bearer ${key}` } }),
    ),
})

export const wish = (accusedId: string) => ({
  connection: 'sg',
  accusedId,
  reporterId: 'host',
  peerId: 'host',
  category: 'harassment',
  text: '\u202E<script>alert(1)</script> 他骂我',
  language: 'zh-Hans',
})

const text = (body: unknown) => (typeof body === 'string' ? body : JSON.stringify(body))

/** A body that does not say how long it is, for `fetch`. */
export function streamed(body: string): { body: ReadableStream<Uint8Array>; duplex: 'half' } {
  return { body: new Blob([body]).stream(), duplex: 'half' }
}
