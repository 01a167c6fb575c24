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
