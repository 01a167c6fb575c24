import { randomBytes } from 'node:crypto'
import type { Page } from '@playwright/test'
import { caseLink, queueOf } from './case-page'
import { expect, openSession } from './fixtures'
import { streamed, test, wish } from './report-api'
import { cookieHeader } from './server-actions'

const appeal = (userId: string) => ({ connection: 'sg', userId, text: 'It was not me', language: 'ja' })

for (const path of ['reports', 'appeals'] as const)
  test(`what nobody should send to the API of ${path} is refused, and says why`, async ({
    demo,
    newKey,
    newAccount,
    post,
  }) => {
    const [key, reader] = [await newKey('reports:write'), await newKey('reports:read')]
    const { id } = await newAccount()
    const body = path === 'reports' ? wish(id) : appeal(id)
    const cookie = cookieHeader((await openSession(demo, 'moderator')).cookies)
    const wrongKey = `${key.slice(0, -2)}${key.endsWith('AA') ? 'BB' : 'AA'}`
    const long = JSON.stringify({ ...body, text: 'x'.repeat(1_200_000) })
    const tries: [what: string, answer: Promise<Response>, status: number, error: object][] = [
      ['no key', post(null, body, { path }), 401, { code: 'UNAUTHENTICATED' }],
      [
        'a session instead',
        post(null, body, { path, headers: { cookie } }),
        401,
        { code: 'UNAUTHENTICATED' },
      ],
      ['a wrong key', post(wrongKey, body, { path }), 401, { code: 'UNAUTHENTICATED' }],
      ['a key to read with', post(reader, body, { path }), 403, { code: 'FORBIDDEN' }],
      [
        'nowhere',
        post(key, { ...body, connection: 'nowhere' }, { path }),
        404,
        { code: 'UNKNOWN_CONNECTION' },
      ],
      [
        '200 kB of text',
        post(key, { ...body, text: 'x'.repeat(200_000) }, { path }),
        422,
        { fields: { text: 'too_long' } },
      ],
      ['1.2 MB', post(key, long, { path }), 413, { code: 'BODY_TOO_LARGE' }],
      ['1.2 MB, not told', post(key, long, { path, isStreamed: true }), 413, { code: 'BODY_TOO_LARGE' }],
      ['half a body', post(key, '{"connection":', { path }), 422, { fields: { input: 'invalid' } }],
      ['a list', post(key, [body], { path }), 422, { fields: { input: 'invalid' } }],
      [
        'an unknown field',
        post(key, { ...body, caseId: id }, { path }),
        422,
        { fields: { input: 'invalid' } },
      ],
      [
        'a form',
        post(key, 'a=b', { path, headers: { 'content-type': 'text/plain' } }),
        415,
        { code: 'NOT_JSON' },
      ],
      [
        'no idempotency key',
        post(key, body, { path, idempotencyKey: '' }),
        422,
        { fields: { 'Idempotency-Key': 'invalid' } },
      ],
    ]
    for (const [what, answer, status, error] of tries)
      await test.step(what, async () => {
        const response = await answer
        expect([response.status, await response.json()]).toMatchObject([status, { error }])
      })
  })

test('a callback that does not say how long it is, is read no further than it may be long', async ({
  consoleUrl,
}) => {
  for (const place of ['tencent/sg', 'zego/zim'])
    for (const [bytes, status] of [
      [66_000, 413],
      [1_000, 403],
    ] as const) {
      const body = JSON.stringify({ text: 'x'.repeat(bytes) })
      const url = `${consoleUrl}/api/callbacks/${place}`
      const response = await fetch(url, { method: 'POST', ...streamed(body) })
      expect(response.status, `${place} ${bytes}`).toBe(status)
    }
})

/** Nothing that is shown turns the direction of what stands beside it, and nothing that was sent became a part of the page. */
async function expectInert(page: Page) {
  await expect(page.locator('main')).toContainText('\u27e8U+202E\u27e9')
  await expect(page.locator('main')).not.toContainText(/[\u202a-\u202e\u2066\u2067]/)
  await expect(page.locator('main script, main b.evil, main img[src="x"]')).toHaveCount(0)
}

test('names and messages with scripts and a turned writing direction are text everywhere', async ({
  page,
  signIn,
  newKey,
  newAccount,
  newGroup,
  post,
}) => {
  const evil = (what: string) => `\u202e${what} <b class=evil>b</b><img src=x onerror=alert(1)>`
  const unique = randomBytes(6).toString('hex')
  const [accusedId, reporterId] = [`accused_${unique}`, `reporter_${unique}`]
  const members = [{ id: accusedId }, { id: reporterId }]
  const group = await newGroup({
    name: `\u202e<b class=evil>${unique}</b>`,
    members,
    messages: [
      { from: reporterId, text: evil('before'), secondsAgo: 20 },
      { from: accusedId, text: evil('message'), secondsAgo: 10 },
    ],
  })
  for (const { id } of members) await newAccount({ id, nickname: evil('name') })
  const { peerId: _, ...report } = wish(accusedId)
  const about = { reporterId, groupId: group.id, messageIds: ['2'], text: evil('report') }
  const answer = await post(await newKey('reports:write'), { ...report, ...about })
  expect(answer.status).toBe(202)

  await signIn('moderator')
  // Seen there, the names are known to the queue as well.
  for (const path of [`/accounts/sg/${accusedId}`, `/groups/sg/${encodeURIComponent(group.id)}`]) {
    await page.goto(path)
    await expect(page.getByRole('heading', { level: 1 })).toContainText('<b class=evil>')
    await expectInert(page)
  }
  await page.goto(queueOf(accusedId))
  await expect(page.locator(`[data-account-id="${accusedId}"]`)).toBeVisible()
  await expectInert(page)
  await caseLink(page).click()
  await expect(page.locator('main')).toContainText('report <b class=evil>')
  // What was said is fetched in the background.
  await expect(async () => {
    await page.reload()
    await expect(page.locator('[data-reported="true"]')).toContainText('message <b class=evil>')
  }).toPass({ timeout: 30_000 })
  await expectInert(page)
})
