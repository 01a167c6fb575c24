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
