import type { Page } from '@playwright/test'
import { pressUntil } from './account-page'
import { expect, test } from './fixtures'

const box = (page: Page) => page.getByRole('textbox', { name: 'Search accounts' })
const result = (page: Page, id: string) => page.locator(`[data-account-id="${id}"]`).getByRole('link')

test('a result opens in the very moment in which it has the focus', async ({ page, signIn, newAccount }) => {
  await signIn('viewer')
  const { id } = await newAccount()
  await page.goto('/accounts')
  await page.evaluate(() =>
    document.addEventListener('focusin', ({ target }) => {
      if (target instanceof HTMLElement && target.matches('[data-result]')) target.click()
    }),
  )
  await pressUntil(page, '/', () => expect(box(page)).toBeFocused({ timeout: 500 }))
  await page.keyboard.type(id)
  await expect(result(page, id)).toBeVisible()
  await page.keyboard.press('ArrowDown')
  await expect(page).toHaveURL(`/accounts/sg/${id}`)
})

test('a result opens while one is typing, and Back searches for what was typed', async ({
  page,
  signIn,
  newAccount,
  emulator,
}) => {
  await signIn('viewer')
  const { id } = await newAccount()
  await page.goto(`/accounts?q=${id}`)
  const link = result(page, id)
  await expect(link).toBeVisible()
  await pressUntil(page, '/', () => expect(box(page)).toBeFocused({ timeout: 500 }))
  await emulator.setLatency(1_000)
  await page.keyboard.press('End')
  // In one go, so that the click comes within the pause on a slow machine too.
  await link.evaluate(async (element: HTMLElement) => {
    document.execCommand('insertText', false, ',x')
    await new Promise(requestAnimationFrame)
    element.click()
  })
  await expect(page).toHaveURL(`/accounts/sg/${id}`)
  await page.goBack()
  await expect(box(page)).toHaveValue(`${id},x`)
})
