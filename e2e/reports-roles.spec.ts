import { expect, test } from './fixtures'

test('who may not read reports is told so, and finds no way to them', async ({ page, signIn }) => {
  await signIn('viewer')
  await page.goto('/reports')
  await expect(page.getByText('Your role cannot see reports')).toBeVisible()
  await expect(page.getByRole('link', { name: 'Reports' })).toHaveCount(0)
})

test('the figures on the work are for leads', async ({ page, signIn }) => {
  await signIn('moderator')
  await page.goto('/reports')
  await expect(page.getByRole('link', { name: 'File a report' })).toBeVisible()
  await expect(page.getByRole('link', { name: 'Quality and health' })).toHaveCount(0)
  await page.goto('/reports/health')
  await expect(page.getByText('These figures are for leads')).toBeVisible()
  await expect(page.locator('[data-figure]')).toHaveCount(0)
})
