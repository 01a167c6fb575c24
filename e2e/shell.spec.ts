import { expect, test } from './fixtures'

const nowhere = {
  'a page that there is not': '/no/such/page',
  'a connection that there is not': '/accounts/nowhere/somebody',
  'an id that no account can have': `/accounts/sg/${'x'.repeat(33)}`,
}

test('an address that leads nowhere says so, and leads back to the search', async ({
  page,
  signIn,
  allowErrors,
  checkAccessibility,
}) => {
  allowErrors(/404/)
  await signIn('viewer')
  for (const [what, path] of Object.entries(nowhere)) {
    await test.step(what, async () => {
      for (const [width, colorScheme] of [
        [1280, 'light'],
        [390, 'dark'],
      ] as const) {
        await page.setViewportSize({ width, height: 844 })
        await page.emulateMedia({ colorScheme })
        await page.goto(path)
        await expect(page.getByRole('heading').first()).toBeVisible()
        await checkAccessibility(page)
        const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
        expect(overflow).toBeLessThanOrEqual(0)
      }
      await page
        .getByRole('link', { name: /accounts|search/i })
        .last()
        .click()
      await expect(page.getByRole('textbox', { name: 'Search accounts' })).toBeVisible()
    })
  }
})

test('a page whose texts cannot be had says so after a few tries, and comes alive when they can', async ({
  page,
  signIn,
  allowErrors,
}) => {
  allowErrors(/./)
  await signIn('viewer')
  let asked = 0
  await page.route('**/api/texts/**', (route) => {
    asked += 1
    return route.fulfill({ status: 503 })
  })
  await page.goto('/mutes')
  const retry = page.getByRole('alert').getByRole('button')
  await expect(retry).toBeVisible()
  // Three tries, and what the page preloads.
  expect(asked).toBeLessThanOrEqual(4)
  await page.unroute('**/api/texts/**')
  await expect(async () => {
    await retry.click({ timeout: 1_000 })
    await expect(page.getByRole('textbox', { name: 'Search accounts' })).toBeVisible({ timeout: 3_000 })
  }).toPass()
})

test('a page that breaks says so inside its frame, in the language of the console, and can be tried again', async ({
  page,
  signIn,
  speak,
  newAccount,
  allowErrors,
  checkAccessibility,
}) => {
  allowErrors(/./)
  const account = await newAccount()
  await signIn('viewer')
  const words = {
    en: 'This page could not be shown',
    'zh-CN': '无法显示此页面',
    ja: 'このページを表示できませんでした',
  }
  for (const locale of ['en', 'zh-CN', 'ja'] as const)
    await test.step(locale, async () => {
      await speak(locale)
      await page.goto(`/accounts/sg/${account.id}`)
      const matrix = page.locator('[data-scope="one_to_one"]')
      await expect(matrix).toBeVisible()
      // What the console itself would never answer: a page that draws it fails.
      await page.route('**/api/mutes/**', (route) => route.fulfill({ json: { ok: true, data: {} } }))
      const notice = page.getByRole('main').getByRole('alert')
      await expect(async () => {
        await page.evaluate(() => window.dispatchEvent(new Event('visibilitychange')))
        await expect(notice.getByRole('heading', { name: words[locale] })).toBeVisible({ timeout: 500 })
      }).toPass()
      await expect(page.getByRole('navigation').first()).toBeVisible()
      await checkAccessibility(page)
      await page.unroute('**/api/mutes/**')
      await notice.getByRole('button').click()
      await expect(matrix).toBeVisible()
    })
})

test('a part that cannot be loaded says so in its place, and the page stays', async ({
  page,
  signIn,
  allowErrors,
  checkAccessibility,
}) => {
  allowErrors(/chunk|ERR_FAILED/i)
  await signIn('viewer')
  await page.goto('/accounts')
  await page.getByRole('textbox', { name: 'Search accounts' }).fill('draft of a search')
  // As after an update of the console: what the open page would load is there no more.
  await page.route(/\/_next\/static\/chunks\//, (route) => route.abort())
  await page.getByRole('button', { name: /^Menu of/ }).click()
  await expect(page.getByText('This part could not be loaded. Load the page again.')).toBeVisible()
  await checkAccessibility(page)
  await expect(page.getByRole('textbox', { name: 'Search accounts' })).toHaveValue('draft of a search')
  // What has no place of its own breaks the page, which the next try loads anew.
  await page.keyboard.press('Escape')
  await page.keyboard.press('?')
  await expect(page.getByRole('heading', { name: 'This page could not be shown' })).toBeVisible()
  await page.unroute(/\/_next\/static\/chunks\//)
  await page.getByRole('button', { name: 'Try again' }).click()
  await page.getByRole('button', { name: /^Menu of/ }).click()
  await expect(page.getByRole('button', { name: 'Sign out' })).toBeVisible()
})
