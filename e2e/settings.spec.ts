import type { Page } from '@playwright/test'
import { compose, openAccount, submit, toast } from './account-page'
import { expect, test } from './fixtures'

const lines = (page: Page) => page.getByRole('textbox', { name: /^Length \d$/ })
const presets = (page: Page) => page.getByRole('region', { name: 'Mute lengths' })
const save = (page: Page) => presets(page).getByRole('button', { name: 'Save for everybody' })

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
  await expect(presets(page).getByText(/^Last changed by .*Demo lead/)).toBeVisible()
  await checkAccessibility(page)

  await add(other, '3d')
  await save(other).click()
  const conflict = other.getByRole('alert').filter({ hasText: /Demo lead.* changed this/ })
  await expect(conflict).toContainText('2 d 12 h')
  await expect(lines(other).nth(before)).toHaveValue('3d')
  await checkAccessibility(other)
  await conflict.getByRole('button', { name: 'Save mine over it' }).click()
  await expect(presets(other).getByText(/^Last changed by .*Demo admin/)).toBeVisible()
  await expect(conflict).toBeHidden()

  await other.getByRole('button', { name: 'Remove 3 d' }).click()
  await save(other).click()
  await other.reload()
  await expect(lines(other)).toHaveCount(before)
})

test('a lead sets what bulk mutes are held to', async ({ page, signIn, checkAccessibility }) => {
  await signIn('lead')
  await page.goto('/settings')
  await expect(page.getByText(/Nobody is paged about urgent cases of/).first()).toBeVisible()
  const approval = page.getByRole('region', { name: 'Approval of bulk mutes' })
  const size = approval.getByRole('textbox')
  await expect(size).toHaveValue('100')
  await expect(async () => {
    await size.fill('501')
    await approval.getByRole('button', { name: 'Save for everybody' }).click()
    await expect(approval.getByText('Type a whole number from 0 to 500.')).toBeVisible({ timeout: 1_000 })
  }).toPass()
  await size.fill('100')
  await approval.getByRole('button', { name: 'Save for everybody' }).click()
  await expect(approval.getByText(/^Last changed by .*Demo lead/)).toBeVisible()

  const staff = page.getByRole('region', { name: 'Protected accounts' })
  const ids = staff.getByRole('textbox').first()
  const keep = staff.getByRole('button', { name: 'Save for everybody' })
  await ids.fill('settings_spec_host\n静静')
  await keep.click()
  await expect(staff.getByText('Line 2 cannot be a user id.')).toBeVisible()
  await checkAccessibility(page)
  await ids.fill('settings_spec_host\n\n')
  await keep.click()
  await expect(staff.getByText(/^Last changed by .*Demo lead/)).toBeVisible()
  await page.reload()
  await expect(ids).toHaveValue('settings_spec_host')
  await ids.fill('')
  await keep.click()
  await expect(toast(page, /^The protected accounts are saved/)).toBeVisible()
})
