import { randomUUID } from 'node:crypto'
import type { Page } from '@playwright/test'
import { demoSignIns } from './demo/sign-ins'
import { expect, test } from './fixtures'

const [viewer] = demoSignIns
const email = viewer?.email ?? ''
const password = viewer?.password ?? ''

/** Next-auth answers a wrong password with 401, which the browser reports by itself. */
const refusedSignIn = /401 \(Unauthorized\).*\/api\/auth\/callback\/credentials/

/** Names stand between marks that keep their writing direction to themselves. */
const menuOfViewer = /^Menu of \W?Demo viewer\W?$/

async function signInByHand(page: Page, fields: { email: string; password: string }) {
  await page.getByLabel('Email').fill(fields.email)
  await page.getByLabel('Password').fill(fields.password)
  await page.getByRole('button', { name: 'Sign in' }).click()
}

test('the right password opens the console', async ({ page }) => {
  await page.goto('/sign-in')
  await signInByHand(page, { email, password })
  await expect(page).toHaveURL(/\/accounts$/)
  await expect(page.getByRole('button', { name: menuOfViewer })).toBeVisible()
})

test('the first page after signing in is made in the zone of the browser at once', async ({ page }) => {
  await page.goto('/sign-in')
  await page.getByLabel('Email').fill(email)
  await page.getByLabel('Password').fill(password)
  const first = page.waitForRequest(
    (request) => request.isNavigationRequest() && request.url().endsWith('/accounts'),
  )
  await page.getByRole('button', { name: 'Sign in' }).click()
  const { cookie } = await (await first).allHeaders()
  expect(cookie).toContain('hushdesk.tz=Europe%2FBerlin')
  await expect(page.getByRole('button', { name: menuOfViewer })).toBeVisible()
})

test('who has moved to another zone sees its times at once', async ({
  browser,
  consoleUrl,
  signIn,
  watch,
}) => {
  const context = await browser.newContext({ baseURL: consoleUrl, timezoneId: 'Asia/Tokyo' })
  watch(context)
  await signIn('lead', { context })
  const page = await context.newPage()
  await page.goto('/audit')
  await expect(page.getByText('Asia/Tokyo').first()).toBeVisible()
  await context.close()
})

test('a wrong password says so and keeps the address', async ({ page, allowErrors }) => {
  allowErrors(refusedSignIn)
  await page.goto('/sign-in')
  await signInByHand(page, { email: `${randomUUID()}@hushdesk.test`, password: 'not the password' })
  await expect(page.getByRole('alert').filter({ hasText: 'Email or password is wrong.' })).toBeFocused()
  await expect(page).toHaveURL(/\/sign-in$/)
})

test('an empty field is named without asking the server', async ({ page }) => {
  await page.goto('/sign-in')
  await page.getByRole('button', { name: 'Sign in' }).click()
  await expect(page.getByLabel('Email')).toBeFocused()
  await expect(page.getByLabel('Email')).toHaveAccessibleDescription('Enter your email address.')
})

test('after five wrong tries even the right password has to wait', async ({ page, allowErrors }) => {
  allowErrors(refusedSignIn)
  const nobody = { email: `${randomUUID()}@hushdesk.test`, password: 'not the password' }
  await page.goto('/sign-in')
  for (let tries = 0; tries < 5; tries += 1) {
    const answer = page.waitForResponse(/callback\/credentials/)
    await signInByHand(page, nobody)
    expect((await answer).status()).toBe(401)
    await expect(page.getByText('Email or password is wrong.')).toBeVisible()
  }
  await signInByHand(page, nobody)
  await expect(page.getByText(/^Too many tries\. Try again in 1[45] minutes\.$/)).toBeVisible()
})

test('signing out ends the session, also for a copy of its cookie, and forgets what was typed', async ({
  page,
  context,
  signIn,
  browser,
  consoleUrl,
  watch,
}) => {
  await signIn('viewer', { isOwn: true })
  await page.goto('/accounts')
  const copy = await browser.newContext({ baseURL: consoleUrl, storageState: await context.storageState() })
  watch(copy)

  await page.evaluate(() => sessionStorage.setItem('hushdesk.draft.note', 'typed and not sent'))
  await page.getByRole('button', { name: menuOfViewer }).click()
  await page.getByRole('button', { name: 'Sign out' }).click()
  await expect(page).toHaveURL(/\/sign-in/)
  expect(await page.evaluate(() => sessionStorage.length)).toBe(0)

  const elsewhere = await copy.newPage()
  await elsewhere.goto('/accounts')
  await expect(elsewhere).toHaveURL(/\/sign-in/)
  await copy.close()
})

test('a deep link is where one lands after signing in', async ({ page }) => {
  await page.goto('/accounts?q=lin')
  await expect(page).toHaveURL(/\/sign-in\?callbackUrl=%2Faccounts%3Fq%3Dlin$/)
  await signInByHand(page, { email, password })
  await expect(page).toHaveURL(/\/accounts\?q=lin$/)
})

test('a link that names another site, or where sessions end, leads to the console all the same', async ({
  page,
  context,
  consoleUrl,
}) => {
  for (const foreign of ['https://example.com/', '//example.com/', '/\\example.com', '/api/auth/signout']) {
    await test.step(foreign, async () => {
      await context.clearCookies()
      await page.goto(`/sign-in?callbackUrl=${encodeURIComponent(foreign)}`)
      await signInByHand(page, { email, password })
      await expect(page).toHaveURL(`${consoleUrl}/accounts`)
    })
  }
})

for (const [locale, submit] of [
  ['en-US', 'Sign in'],
  ['zh-CN', '登录'],
  ['ja-JP', 'サインイン'],
] as const) {
  test.describe(locale, () => {
    test.use({ locale })
    test('the form speaks the language of the browser and axe finds nothing', async ({
      page,
      checkAccessibility,
    }) => {
      await page.goto('/sign-in')
      await expect(page.getByRole('button', { name: submit })).toBeVisible()
      await expect(page.locator('html')).toHaveAttribute(
        'lang',
        locale.startsWith('zh') ? 'zh-CN' : locale.slice(0, 2),
      )
      await checkAccessibility(page)
    })
  })
}
