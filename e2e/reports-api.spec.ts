import { randomUUID } from 'node:crypto'
import * as z from 'zod'
import { call } from './bulk-page'
import { demoCallbackSecret } from './demo/environment'
import type { CallbackInput } from './emulator/callbacks'
import { DEFAULT_APP_ID } from './emulator/tencent/apps'
import { DEFAULT_ZEGO_APP_ID } from './emulator/zego/apps'
import { expect } from './fixtures'
import { test, wish } from './report-api'

test('equal requests at once are one report, told to its reporter, and bad ones are refused', async ({
  newKey,
  newAccount,
  consoleUrl,
  post,
  get,
}) => {
  const key = await newKey('reports:read', 'reports:write')
  const { id } = await newAccount()
  const idempotencyKey = randomUUID()
  const answers = await Promise.all(
    Array.from({ length: 20 }, async () => {
      const response = await post(key, wish(id), { idempotencyKey })
      return { status: response.status, body: await response.json() }
    }),
  )
  expect(answers).toEqual(answers.map(() => answers[0]))
  expect(answers[0]).toMatchObject({ status: 202, body: { accusedId: id, caseNumber: expect.any(Number) } })
  const told = await get(key, answers[0]?.body.id)
  expect(await told.json()).toMatchObject({ status: 'received', outcome: null, category: 'harassment' })

  const { paths } = await (await fetch(`${consoleUrl}/api/v1/openapi.json`)).json()
  const { schema } = paths['/api/v1/reports'].post.responses[202].content['application/json']
  z.fromJSONSchema(schema).parse(answers[0]?.body)

  const reader = await newKey('reports:read')
  for (const [answer, status, error] of [
    [post(reader, wish(id)), 403, { code: 'FORBIDDEN' }],
    [post(key, { ...wish(id), text: 'another' }, { idempotencyKey }), 409, { code: 'IDEMPOTENCY_MISMATCH' }],
    [post(key, { ...wish(id), connection: 'nowhere' }), 404, { code: 'UNKNOWN_CONNECTION' }],
    [post(key, { ...wish(id), reporterId: id }), 422, { fields: { reporterId: 'is_accused' } }],
    [post(key, { ...wish(id), text: 'x'.repeat(200_000) }), 422, { fields: { text: 'too_long' } }],
    [post(key, { ...wish(id), text: 'x'.repeat(1_200_000) }), 413, { code: 'BODY_TOO_LARGE' }],
    [get(key, randomUUID()), 404, { code: 'NOT_FOUND' }],
  ] as const) {
    const response = await answer
    expect([response.status, await response.json()]).toMatchObject([status, { error }])
  }
})

test('callbacks are taken when signed, once, and answered in the provider’s own words', async ({
  emulator,
  consoleUrl,
}) => {
  const at = (place: string) => `${consoleUrl}/api/callbacks/${place}`
  const tencent: CallbackInput = {
    provider: 'tencent',
    url: at('tencent/sg'),
    appId: DEFAULT_APP_ID,
    secret: demoCallbackSecret,
    event: 'State.StateChange',
    body: { Info: { To_Account: randomUUID() } },
  }
  const ok = JSON.stringify({ ActionStatus: 'OK', ErrorInfo: '', ErrorCode: 0 })
  const first = await emulator.sendCallback(tencent)
  expect(first).toMatchObject({ status: 200, text: ok })
  // The sender may have missed the answer.
  expect(await emulator.sendCallback({ ...tencent, at: first.at })).toMatchObject({ status: 200, text: ok })

  const zego: CallbackInput = {
    provider: 'zego',
    url: at('zego/zim'),
    appId: DEFAULT_ZEGO_APP_ID,
    secret: demoCallbackSecret,
    event: 'group_create',
    body: { group_id: '#x' },
  }
  const neutral = { status: 200, text: '{"result":0}' }
  const { nonce = '', at: time } = await emulator.sendCallback(zego)
  expect(await emulator.sendCallback({ ...zego, nonce, at: time })).toMatchObject(neutral)
  expect(await emulator.sendCallback({ ...zego, event: 'before_send_msg' })).toMatchObject(neutral)

  const refused: [CallbackInput, number][] = [
    [{ ...zego, nonce, at: time, body: { group_id: '#other' } }, 403],
    [{ ...zego, sign: 'none' }, 403],
    [{ ...zego, secret: 'wrong' }, 403],
    [{ ...tencent, sign: 'none' }, 403],
    [{ ...tencent, secret: 'wrong' }, 403],
    [{ ...tencent, shiftSeconds: -70 }, 403],
    [{ ...tencent, appId: 1 }, 403],
    [{ ...tencent, url: at('tencent/beta') }, 404],
    [{ ...tencent, url: at('tencent/zim') }, 404],
    [{ ...tencent, url: at('tencent/nowhere') }, 404],
    [{ ...tencent, event: 'not an event' }, 400],
    [{ ...tencent, body: { text: 'x'.repeat(66_000) } }, 413],
  ]
  for (const [call, status] of refused) expect(await emulator.sendCallback(call)).toMatchObject({ status })
})

test('a case to look at again comes back when its muted accused writes a lot elsewhere', async ({
  page,
  signIn,
  emulator,
  consoleUrl,
  newKey,
  newAccount,
  get,
}) => {
  const key = await newKey('reports:read')
  await signIn('moderator')
  await page.goto('/reports')
  const { id } = await newAccount()
  const filed = await call(page, 'fileReportAction', {
    ...{ idempotencyKey: randomUUID(), connection: 'sg', accusedId: id, category: 'spam', text: 'Links' },
  })
  const own = z.object({ id: z.uuid(), caseId: z.uuid() }).parse(filed.result?.ok && filed.result.data)
  const end = { kind: 'duration', seconds: 3_600 }
  const decided = await call(page, 'decideCaseAction', {
    ...{ idempotencyKey: randomUUID(), caseId: own.caseId, version: 1, verdict: 'valid', closeWith: [] },
    actions: [{ kind: 'mute', scopes: ['all_groups'], basis: {}, end }],
    notify: { accused: null, reporters: false },
    ...{ reasonText: 'Links', overrideReason: 'Once more', lookAgainAt: Date.now() + 3_600_000 },
  })
  expect(decided.result).toMatchObject({ ok: true, data: { status: 'applied' } })
  const status = async () => (await (await get(key, own.id)).json()).status
  expect(await status()).toBe('handled')
  const message: CallbackInput = {
    provider: 'tencent',
    url: `${consoleUrl}/api/callbacks/tencent/sg`,
    ...{ appId: DEFAULT_APP_ID, secret: demoCallbackSecret, event: 'C2C.CallbackAfterSendMsg' },
    body: { From_Account: id, To_Account: 'host', SendMsgResult: 0 },
  }
  // Who is watched is read every half minute: another test may just have had it read.
  await expect(async () => {
    await Promise.all(Array.from({ length: 20 }, () => emulator.sendCallback(message)))
    expect(await status()).toBe('in_review')
  }).toPass({ timeout: 45_000 })
})

test('a moderator writes a report down, by keyboard on a phone', async ({
  page,
  consoleUrl,
  signIn,
  newAccount,
  checkAccessibility,
}) => {
  await page.setViewportSize({ width: 390, height: 800 })
  await signIn('support')
  const { id } = await newAccount()
  for (const [value, colorScheme] of [
    ['zh-CN', 'light'],
    ['ja', 'dark'],
    ['en', 'light'],
  ] as const) {
    await page.context().addCookies([{ name: 'hushdesk.locale', value, url: consoleUrl }])
    await page.emulateMedia({ colorScheme })
    await page.goto(`/reports/new?connection=sg&account=${id}`)
    await checkAccessibility(page)
    const width = await page.evaluate(() => document.documentElement.scrollWidth)
    expect(width).toBeLessThanOrEqual(390)
  }
  await expect(page.getByRole('textbox', { name: 'Accused' })).toHaveValue(id)
  await page.getByRole('textbox', { name: 'Reporter' }).fill(id)
  await page.getByRole('button', { name: 'File the report' }).press('Enter')
  await expect(page.getByRole('combobox', { name: 'Category' })).toBeFocused()
  await page.getByRole('combobox', { name: 'Category' }).selectOption('scam')
  await page.getByRole('radio', { name: 'Not named' }).press('ArrowRight')
  await page.getByRole('textbox', { name: 'The other person' }).fill('host')
  await page.getByRole('textbox', { name: 'What happened' }).fill('Asked for money')
  await page.getByRole('button', { name: 'File the report' }).press('Enter')
  await expect(page.getByText('This is the accused account itself.')).toBeVisible()
  await expect(page.getByRole('textbox', { name: 'What happened' })).toHaveValue('Asked for money')
  await page.getByRole('textbox', { name: 'Reporter' }).fill('host')
  await page.getByRole('button', { name: 'File the report' }).press('Enter')
  await expect(page.getByRole('status').filter({ hasText: 'Filed as case #' })).toBeFocused()
  await checkAccessibility(page)
})
