import { globSync } from 'node:fs'
import type { Role } from '../lib/auth/roles'
import { root } from './demo/sources'
import { test as base, expect, openSession } from './fixtures'
import { reads } from './forged/read-cases'
import { cookieHeader } from './server-actions'

/** Routes that answer anybody: nothing of what they say belongs to somebody. */
const open = [
  'auth/[...nextauth]',
  'foreign-origin',
  'health',
  'texts/[locale]/[version]',
  'time',
  'v1/openapi.json',
]

/** The public API, which takes keys and no sessions: `api.spec.ts` tries it. */
const byKey = [
  'v1/appeals',
  'v1/bulk-mutes',
  'v1/bulk-mutes/[bulkId]',
  'v1/bulk-mutes/[bulkId]/cancel',
  'v1/bulk-mutes/[bulkId]/items',
  'v1/reports',
  'v1/reports/[reportId]',
]

/** For the providers' servers, who sign: `reports-api.spec.ts` tries them. */
const bySignature = ['callbacks/tencent/[connection]', 'callbacks/zego/[connection]']

const test = base.extend<{ get: (path: string, as?: Role | null, method?: string) => Promise<Response> }>({
  get: async ({ demo, sessions }, use) => {
    const cookieOf = async (role: Role) => {
      const state = sessions.get(role) ?? (await openSession(demo, role))
      sessions.set(role, state)
      return cookieHeader(state.cookies)
    }
    await use(async (path, as = 'viewer', method = 'GET') =>
      fetch(new URL(path, demo.consoleUrl), {
        method,
        redirect: 'manual',
        headers: as === null ? {} : { cookie: await cookieOf(as) },
      }),
    )
  },
})

test('every route of the sources is tried here', () => {
  const declared = globSync('app/api/**/route.ts', { cwd: root }).map((file) =>
    file.replace(/^app\/api\//, '').replace(/\/route\.ts$/, ''),
  )
  expect([...Object.keys(reads), ...open, ...byKey, ...bySignature].sort()).toEqual(declared.sort())
})

for (const [name, { good, role = 'viewer', isAbsent, isFile, isStream, wrong, nowhere }] of Object.entries(
  reads,
)) {
  test(`/api/${name} answers those who may ask, and only what can be asked`, async ({ get }) => {
    const answer = async (path: string, isSignedIn = true) => {
      const response = await get(`/api/${path}`, isSignedIn ? role : null)
      const text = isStream && response.ok ? await firstPart(response) : await response.text()
      expect(text).not.toMatch(/node_modules|\.tsx?\b|\n {4}at |drizzle|sqlstate/i)
      expect(response.headers.get('cache-control')).toMatch(/^no-store(, no-transform)?$/)
      const body = (isFile || isStream) && response.ok ? { ok: true } : JSON.parse(text)
      return { status: response.status, body }
    }
    expect(await answer(good)).toMatchObject(
      isAbsent
        ? { status: 404, body: { error: { code: 'NOT_FOUND' } } }
        : { status: 200, body: { ok: true } },
    )
    for (const path of [good, ...wrong, ...(nowhere ? [nowhere] : [])]) {
      expect(await answer(path, false), path).toMatchObject({
        status: 401,
        body: { ok: false, error: { code: 'UNAUTHENTICATED' } },
      })
    }
    for (const path of wrong) {
      expect(await answer(path), path).toMatchObject({
        status: 422,
        body: { error: { code: 'INVALID_INPUT' } },
      })
    }
    if (nowhere) {
      expect(await answer(nowhere)).toMatchObject({
        status: 404,
        body: { error: { code: 'UNKNOWN_CONNECTION' } },
      })
    }
    for (const method of ['POST', 'PUT', 'PATCH', 'DELETE']) {
      expect((await get(`/api/${good}`, role, method)).status, method).toBe(405)
    }
  })
}

/** What a stream begins with; then nobody listens any more. */
async function firstPart({ body }: Response): Promise<string> {
  const reader = body?.pipeThrough(new TextDecoderStream()).getReader()
  const part = await reader?.read()
  await reader?.cancel()
  return part?.value ?? ''
}

const everywhere = {
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'cross-origin-embedder-policy': 'require-corp',
}

for (const [what, path, isSignedIn, status] of [
  ['a page', '/accounts', true, 200],
  ['a page that sends to the sign-in', '/accounts', false, 307],
  ['a page that is not there', '/no/such/page', true, 404],
  ['a read', '/api/time', false, 200],
  ['a read without a session', '/api/accounts/sg/nobody', false, 401],
  ['a route that is not there', '/api/no/such/route', false, 404],
] as const) {
  test(`the headers of ${what} keep other sites out`, async ({ get }) => {
    const response = await get(path, isSignedIn ? 'viewer' : null)
    expect(response.status).toBe(status)
    const headers = Object.fromEntries(response.headers)
    expect(headers).toMatchObject(everywhere)
    expect(headers['content-security-policy']).toMatch(
      path.startsWith('/api/')
        ? /^default-src 'none'; frame-ancestors 'none'$/
        : /^default-src 'none'; script-src 'nonce-[\w+/=]{20,}' 'strict-dynamic'; /,
    )
    expect(headers).not.toHaveProperty('x-powered-by')
    expect(headers).not.toHaveProperty('access-control-allow-origin')
  })
}

test('no two answers share a nonce, and a client cannot choose it', async ({ demo }) => {
  const nonceOf = async () => {
    const headers = { 'x-nonce': 'chosen', 'content-security-policy': "script-src 'nonce-chosen'" }
    const response = await fetch(`${demo.consoleUrl}/sign-in`, { headers })
    const nonce = /'nonce-([^']+)'/.exec(response.headers.get('content-security-policy') ?? '')?.[1]
    const page = await response.text()
    expect(page).toContain(`nonce="${nonce}"`)
    expect(page).not.toContain('chosen')
    return nonce
  }
  expect(await nonceOf()).not.toBe(await nonceOf())
})

test('a moderator who asks without end is held back', async ({ demo }) => {
  const cookie = cookieHeader((await openSession(demo, 'support')).cookies)
  const ask = () =>
    fetch(`${demo.consoleUrl}/api/providers/advice?provider=tencent&kind=busy`, { headers: { cookie } })
  const statuses: number[] = []
  // Twice the limit and a little: wherever a window ends, one of the two is over its limit.
  while (statuses.length < 490) {
    const answers = await Promise.all(Array.from({ length: 10 }, ask))
    statuses.push(...answers.map(({ status }) => status))
  }
  expect([...new Set(statuses)].sort()).toEqual([200, 429])
  expect(statuses.filter((status) => status === 200).length).toBeLessThanOrEqual(2 * 240)
})
