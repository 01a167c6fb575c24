import type { Page } from '@playwright/test'
import { compose, openAccount, submit, toast } from './account-page'
import { expect, test } from './fixtures'

const lines = (page: Page) => page.getByRole('textbox', { name: /^Length \d$/ })
const save = (page: Page) => page.getByRole('button', { name: 'Save for everybody' })

async function add(page: Page, text: string): Promise<void> {
  const count = await lines(page).count()
  await page.getByRole('button', { name: 'Add a length' }).click()
  await expect(lines(page).nth(count)).toBeFocused()
  await page.keyboard.type(text)
}

for (const width of [390, 1280]) {
  test(`what saves is not under a notification, ${width} px wide`, async ({ page, signIn, newAccount }) => {
    await page.setViewportSize({ width, height: 800 })
    await signIn('lead')
    await openAccount(page, await newAccount())
    await compose(page, { preset: '24 h' })
    await submit(page, /^Mute /).click()
    const undo = toast(page, /^Muted /)
    await expect(undo).toBeVisible()
    // It stays while the pointer is on it.
    await undo.hover()
    await page.getByRole('link', { name: 'Settings' }).dispatchEvent('click')
    await save(page).focus()
    await expect(undo).toBeVisible()
    const [button, note] = await Promise.all([save(page).boundingBox(), undo.boundingBox()])
    expect((button?.y ?? 0) + (button?.height ?? 0)).toBeLessThanOrEqual(note?.y ?? 0)
    await save(page).click()
    await expect(toast(page, /^The mute lengths are saved/)).toBeVisible()
  })
}

// Other tests of this worker choose among the first lengths: only further ones are added here, and taken away again.
test('two leads edit the mute lengths; the second is told who was first and chooses', async ({
  page,
  signIn,
  openOther,
  checkAccessibility,
}) => {
  test.slow()
  await signIn('lead')
  const other = await openOther('admin')
  await Promise.all([page.goto('/settings'), other.goto('/settings')])
  const before = await lines(page).count()

  await add(page, '24h')
  await save(page).click()
  await expect(page.getByText('This length is already there.')).toBeVisible()
  await lines(page).nth(before).fill('1d36h')
  await save(page).click()
  await expect(page.getByText(/^Last changed by .*Demo lead/)).toBeVisible()
  await checkAccessibility(page)

  await add(other, '3d')
  await save(other).click()
  const conflict = other.getByRole('alert').filter({ hasText: /Demo lead.* changed the mute lengths/ })
  await expect(conflict).toContainText('2 d 12 h')
  await expect(lines(other).nth(before)).toHaveValue('3d')
  await checkAccessibility(other)
  await conflict.getByRole('button', { name: 'Save mine over them' }).click()
  await expect(other.getByText(/^Last changed by .*Demo admin/)).toBeVisible()
  await expect(conflict).toBeHidden()

  await other.getByRole('button', { name: 'Remove 3 d' }).click()
  await save(other).click()
  await other.reload()
  await expect(lines(other)).toHaveCount(before)
})
