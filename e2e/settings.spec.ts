import type { Page } from '@playwright/test'
import { compose, openAccount, submit, toast } from './account-page'
import { expect, test } from './fixtures'

const lines = (page: Page) => page.getByRole('textbox', { name: /^Length \d$/ })
const presets = (page: Page) => page.getByRole('region', { name: 'Mute lengths' })
const versions = (page: Page) => presets(page).locator('[data-version]')
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
  await presets(page).getByRole('button', { name: 'History' }).press('Enter')
  await expect(versions(page).first()).toContainText('Mute lengths: added: 2 d 12 h')
  const first = await versions(page).nth(1).getAttribute('data-version')
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

  // What was there before both comes back, but not over what one has not seen.
  const restore = presets(page).locator(`[data-version="${first}"]`).getByRole('button')
  await restore.press('Enter')
  await expect(page.getByRole('alert').filter({ hasText: /Demo admin.* changed this/ })).toBeVisible()
  await expect(versions(page).first()).toContainText('added: 3 d; removed: 2 d 12 h')
  await restore.press('Enter')
  await expect(lines(page)).toHaveCount(before)
  await expect(versions(page).first()).toContainText('removed: 3 d')
  await expect(presets(page).getByRole('button', { name: 'Throw away my changes' })).toBeHidden()
})

test('a lead sets what bulk mutes are held to', async ({ page, signIn, checkAccessibility }) => {
  await page.setViewportSize({ width: 390, height: 800 })
  await signIn('lead')
  await page.goto('/settings')
  await page
    .getByRole('navigation', { name: 'Sections' })
    .getByRole('link', { name: 'Protected accounts' })
    .press('Enter')
  await expect(page.getByRole('heading', { name: 'Protected accounts' })).toBeInViewport()
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
  // A tablet, on which all the ways of a lead stand beside search and menu.
  await page.setViewportSize({ width: 768, height: 800 })
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(768)
  await ids.fill('settings_spec_host\n\n')
  await keep.click()
  await expect(staff.getByText(/^Last changed by .*Demo lead/)).toBeVisible()
  await page.reload()
  await expect(ids).toHaveValue('settings_spec_host')
  const past = staff.locator('[data-version]')
  await expect(async () => {
    await staff.getByRole('button', { name: 'History' }).press('Enter')
    await expect(past.first()).toContainText('added: settings_spec_host', { timeout: 2_000 })
  }).toPass()
  await checkAccessibility(page)
  const overflow = () => document.documentElement.scrollWidth - document.documentElement.clientWidth
  expect(await page.evaluate(overflow)).toBe(0)
  await past.nth(1).getByRole('button').press('Enter')
  await expect(past.first()).toContainText('removed: settings_spec_host')
  await expect(ids).toHaveValue('')
})
