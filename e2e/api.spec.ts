import { randomUUID } from 'node:crypto'
import * as z from 'zod'
import type { ApiScope } from '../lib/auth/roles'
import { test as base, expect, openSession } from './fixtures'
import { callAction, cookieHeader } from './server-actions'

type Post = (key: string | null, body: unknown, headers?: Record<string, string>) => Promise<Response>

const test = base.extend<{
  /** Makes a key that acts as the demo's moderator. */
  newKey(scopes?: readonly ApiScope[]): Promise<{ id: string; secret: string }>
  post: Post
  get(key: string | null, path: string): Promise<Response>
  cancel(key: string | null, bulkId: string): Promise<Response>
}>({
  newKey: async ({ demo, sessions }, use) => {
    const state = sessions.get('admin') ?? (await openSession(demo, 'admin'))
    sessions.set('admin', state)
    const email = demo.signIns.find(({ role }) => role === 'moderator')?.email
    await use(async (scopes = ['bulk-mutes:read', 'bulk-mutes:write']) => {
      const input = { name: `Test ${randomUUID().slice(0, 8)}`, email, scopes }
      const { result } = await callAction(
        demo.consoleUrl,
        cookieHeader(state.cookies),
        'addApiKeyAction',
        input,
      )
      return z.object({ id: z.string(), secret: z.string() }).parse(result?.ok && result.data)
    })
  },
  post: async ({ consoleUrl }, use) =>
    use((key, body, headers = {}) =>
      fetch(`${consoleUrl}/api/v1/bulk-mutes`, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'idempotency-key': randomUUID(),
          ...(key === null ? {} : { authorization: `Bearer ${key}` }),
          ...headers,
        },
        body: typeof body === 'string' ? body : JSON.stringify(body),
      }),
    ),
  get: async ({ consoleUrl }, use) =>
    use((key, path) =>
      fetch(`${consoleUrl}/api/v1/${path}`, {
        headers: key === null ? {} : { authorization: `Bearer ${key}` },
      }),
    ),
  cancel: async ({ consoleUrl }, use) =>
    use((key, bulkId) =>
      fetch(`${consoleUrl}/api/v1/bulk-mutes/${bulkId}/cancel`, {
        method: 'POST',
        headers: key === null ? {} : { authorization: `Bearer ${key}` },
      }),
    ),
})

const wish = (...userIds: string[]) => ({
  kind: 'mute',
  connection: 'sg',
  userIds,
  scopes: ['one_to_one'],
  end: { kind: 'duration', seconds: 3_600 },
  reason: { category: 'spam', text: 'Raid' },
})

const documentSchema = z.object({
  openapi: z.literal('3.1.0'),
  paths: z.record(
    z.string(),
    z.record(
      z.string(),
      z.object({
        responses: z.record(
          z.string(),
          z.object({ content: z.object({ 'application/json': z.object({ schema: z.any() }) }) }),
        ),
      }),
    ),
  ),
})

test('50 equal requests at once are one run, with one answer, as the document describes it', async ({
  newKey,
  newAccount,
  emulator,
  post,
  get,
  cancel,
}) => {
  const { secret } = await newKey()
  const { id: userId } = await newAccount()
  const document = documentSchema.parse(await (await get(null, 'openapi.json')).json())
  const fits = (address: string, method: string, status: number, body: unknown) => {
    const answer = document.paths[address]?.[method]?.responses[status]
    z.fromJSONSchema(answer?.content['application/json'].schema).parse(body)
  }

  const key = { 'idempotency-key': randomUUID() }
  const answers = await Promise.all(
    Array.from({ length: 50 }, async () => {
      const response = await post(secret, wish(userId), key)
      return { status: response.status, body: await response.json() }
    }),
  )
  const [first] = answers
  expect(first?.status).toBe(202)
  expect(answers).toEqual(answers.map(() => first))
  fits('/api/v1/bulk-mutes', 'post', 202, first?.body)

  const another = await post(secret, { ...wish(userId), previewOnly: true }, key)
  expect([another.status, await another.json()]).toMatchObject([
    409,
    { error: { code: 'IDEMPOTENCY_MISMATCH' } },
  ])

  const run = `bulk-mutes/${first?.body.id}`
  await expect
    .poll(async () => (await (await get(secret, run)).json()).status, { timeout: 20_000 })
    .toBe('done')
  const done = await (await get(secret, run)).json()
  expect(done).toMatchObject({ total: 1, states: { applied: 1 } })
  expect(done).not.toHaveProperty('token')
  fits('/api/v1/bulk-mutes/{bulkId}', 'get', 200, done)
  const page = await (await get(secret, `${run}/items?limit=1`)).json()
  expect(page).toMatchObject({ items: [{ userId, state: 'applied' }], next: null })
  fits('/api/v1/bulk-mutes/{bulkId}/items', 'get', 200, page)
  expect((await emulator.journal()).filter(({ account }) => account === userId)).toHaveLength(1)

  const looked = await (await post(secret, { ...wish(userId), previewOnly: true })).json()
  const cancelled = await (await cancel(secret, looked.id)).json()
  expect(cancelled).toMatchObject({ id: looked.id, status: 'cancelled' })
  fits('/api/v1/bulk-mutes/{bulkId}/cancel', 'post', 200, cancelled)
  const twice = await cancel(secret, looked.id)
  expect([twice.status, await twice.json()]).toMatchObject([409, { error: { code: 'BULK_MUTE_CHANGED' } }])
})

test('what is refused says why, and does nothing', async ({
  newKey,
  newAccount,
  demo,
  emulator,
  post,
  get,
  cancel,
}) => {
  const [{ secret }, reader] = [await newKey(), await newKey(['bulk-mutes:read'])]
  const { id: userId } = await newAccount()
  const body = wish(userId)
  const cookie = cookieHeader((await openSession(demo, 'moderator')).cookies)
  const many = Array.from({ length: 501 }, (_, index) => `many-${index}`)
  const wrongKey = `${secret.slice(0, -2)}${secret.endsWith('AA') ? 'BB' : 'AA'}`
  const long = { ...body, reason: { ...body.reason, text: 'x'.repeat(1_153_434) } }
  const tries: [what: string, answer: Promise<Response>, status: number, error: object][] = [
    ['no key', post(null, body), 401, { code: 'UNAUTHENTICATED' }],
    ['a session instead', post(null, body, { cookie }), 401, { code: 'UNAUTHENTICATED' }],
    ['a wrong key', post(wrongKey, body), 401, { code: 'UNAUTHENTICATED' }],
    ['a key to read with', post(reader.secret, body), 403, { code: 'FORBIDDEN' }],
    ['1.1 MB', post(secret, long), 413, { code: 'BODY_TOO_LARGE' }],
    ['a form', post(secret, 'kind=mute', { 'content-type': 'text/plain' }), 415, { code: 'NOT_JSON' }],
    ['half a body', post(secret, '{"kind":'), 422, { fields: { input: 'invalid' } }],
    ['an unknown field', post(secret, { ...body, actorId: randomUUID() }), 422, { code: 'INVALID_INPUT' }],
    ['the key in the body', post(secret, { ...body, idempotencyKey: randomUUID() }), 422, {}],
    ['501 ids', post(secret, wish(...many)), 422, { fields: { userIds: 'too_many' } }],
    [
      'no idempotency key',
      post(secret, body, { 'idempotency-key': '' }),
      422,
      { fields: { 'Idempotency-Key': 'invalid' } },
    ],
    ['nowhere', post(secret, { ...body, connection: 'nowhere' }), 404, { code: 'UNKNOWN_CONNECTION' }],
    ['a run that is not there', get(secret, `bulk-mutes/${randomUUID()}`), 404, { code: 'NOT_FOUND' }],
    ['a run that is no id', get(secret, 'bulk-mutes/x'), 422, { fields: { bulkId: 'invalid' } }],
    ['ending one with a key to read', cancel(reader.secret, randomUUID()), 403, { code: 'FORBIDDEN' }],
    ['ending one that is not there', cancel(secret, randomUUID()), 404, { code: 'NOT_FOUND' }],
    ['ending one that is no id', cancel(secret, 'x'), 422, { fields: { bulkId: 'invalid' } }],
    ['reading without a key', get(null, `bulk-mutes/${randomUUID()}/items`), 401, {}],
  ]
  for (const [what, answer, status, error] of tries) {
    await test.step(what, async () => {
      const response = await answer
      const text = await response.text()
      expect(response.status, text).toBe(status)
      expect(JSON.parse(text)).toMatchObject({ error: { requestId: expect.any(String), ...error } })
      expect(text).not.toMatch(/node_modules|\.tsx?\b|\n {4}at |drizzle|sqlstate/i)
      expect(response.headers.get('cache-control')).toBe('no-store')
      expect(response.headers.get('www-authenticate')).toBe(status === 401 ? 'Bearer' : null)
    })
  }
  expect((await emulator.calls()).filter(({ accounts }) => accounts.includes(userId))).toEqual([])
})

test('who asks without end is told when to come back', async ({ newKey, post }) => {
  const { secret } = await newKey()
  const ask = () => post(secret, { ...wish('nobody'), connection: 'nowhere' })
  const answers: Response[] = []
  // Twice the limit and a little: wherever a window ends, one of the two is over its limit.
  while (answers.length < 245) answers.push(...(await Promise.all(Array.from({ length: 35 }, ask))))
  const late = answers.find(({ status }) => status === 429)
  expect(Number(late?.headers.get('retry-after'))).toBeGreaterThan(0)
})

test('an administrator makes a key, which works until it is revoked', async ({
  page,
  signIn,
  get,
  checkAccessibility,
}) => {
  await page.setViewportSize({ width: 390, height: 800 })
  await signIn('admin')
  await page.goto('/settings')
  const keys = page.getByRole('region', { name: 'API keys' })
  const name = `Raids ${randomUUID().slice(0, 8)}`
  await expect(async () => {
    await keys.getByRole('button', { name: 'Create the key' }).click()
    await expect(keys.getByText('This is needed.')).toBeVisible({ timeout: 1_000 })
  }).toPass()
  await keys.getByRole('textbox', { name: 'Name' }).fill(name)
  await keys.getByRole('combobox', { name: 'Acts as' }).selectOption('moderator@hushdesk.test')
  await keys.getByRole('button', { name: 'Create the key' }).click()
  const secret = (await keys.getByRole('status').getByText(/^hd_/).textContent()) ?? ''
  const line = keys.getByRole('listitem').filter({ hasText: name })
  await expect(line).toContainText('never used')
  await checkAccessibility(page)
  expect((await get(secret, `bulk-mutes/${randomUUID()}`)).status).toBe(404)

  await line.getByRole('button').click()
  const dialog = page.getByRole('dialog')
  await checkAccessibility(page)
  await dialog.getByRole('button', { name: 'Revoke' }).click()
  await expect(line.getByRole('button')).toBeHidden()
  await expect(line).toContainText('revoked')
  expect((await get(secret, `bulk-mutes/${randomUUID()}`)).status).toBe(401)
})
