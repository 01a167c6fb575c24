import type { Page } from '@playwright/test'
import { openAccount, pressUntil, row, toast } from './account-page'
import { counts } from './bulk-collect-page'
import { call } from './bulk-page'
import { decideNow, decidePanel, fileReport, stands } from './case-page'
import { expect, test } from './fixtures'

const panel = (page: Page) => page.getByRole('region', { name: 'Linked accounts' })
const linked = (page: Page, id: string) => panel(page).locator(`[data-linked="sg/${id}"]`)
const dialog = (page: Page) => page.getByRole('dialog')
const notice = (page: Page) => page.locator('[data-linked-notice]')

async function checkFit(page: Page): Promise<void> {
  const overflow = () => document.documentElement.scrollWidth - document.documentElement.clientWidth
  expect(await page.evaluate(overflow)).toBe(0)
}

async function link(page: Page, userId: string, otherUserId: string): Promise<void> {
  const { result } = await call(page, 'linkAccountsAction', {
    ...{ connection: 'sg', userId, otherConnection: 'sg', otherUserId, reason: 'The same phone' },
  })
  expect(result).toMatchObject({ ok: true })
}

test('accounts of one person are linked by keyboard, seen on both pages and through each other, and taken back', async ({
  page,
  signIn,
  openOther,
  newAccount,
  checkAccessibility,
}) => {
  test.slow()
  const [one, other, third] = [await newAccount(), await newAccount(), await newAccount()]
  await page.setViewportSize({ width: 390, height: 800 })
  await signIn('moderator')
  await openAccount(page, one)
  await expect(panel(page)).toContainText('No other account is known to be the same person’s')
  await panel(page).getByRole('button', { name: 'Link accounts' }).press('Enter')
  const id = dialog(page).getByRole('textbox', { name: 'User id' })
  await expect(id).toBeFocused()

  // What cannot be is refused at its field, and nothing typed is lost.
  await page.keyboard.press('Enter')
  await expect(dialog(page).getByText('This is needed.')).toHaveCount(2)
  await page.keyboard.type(one.id)
  await dialog(page).getByRole('textbox', { name: 'How do you know?' }).focus()
  await page.keyboard.type('The same phone')
  await page.keyboard.press('Enter')
  await expect(dialog(page).getByText('This is the account itself.')).toBeVisible()
  await expect(id).toBeFocused()
  await id.fill('nobody_has_this_id')
  await page.keyboard.press('Enter')
  await expect(dialog(page).getByText('There is no such account in this app.')).toBeVisible()
  await expect(dialog(page).getByRole('textbox', { name: 'How do you know?' })).toHaveValue('The same phone')
  await checkAccessibility(page)
  await id.fill(other.id)
  await page.keyboard.press('Enter')
  await expect(toast(page, /Linked with/)).toBeVisible()
  await expect(dialog(page).getByRole('list').filter({ hasText: other.id })).toBeVisible()
  await expect(id).toHaveValue('')
  await page.keyboard.press('Escape')
  await expect(dialog(page)).toBeHidden()
  await expect(panel(page).getByRole('button', { name: 'Change linked accounts' })).toBeFocused()
  await expect(linked(page, other.id)).toContainText('The same phone')
  await checkFit(page)
  await checkAccessibility(page)

  await linked(page, other.id).getByRole('link', { name: other.id }).click()
  await expect(page).toHaveURL(`/accounts/sg/${other.id}`)
  await expect(linked(page, one.id)).toContainText('Linked by')
  await link(page, third.id, other.id)
  await page.goto(`/accounts/sg/${one.id}`)
  await expect(linked(page, third.id)).toContainText(`through ${other.id}`)

  // Somebody else's link is for them or a lead to take back; whoever only sees mutes sees nothing of it.
  const support = await openOther('support')
  await openAccount(support, one)
  await panel(support).getByRole('button', { name: 'Change linked accounts' }).click()
  await expect(dialog(support)).toContainText('or a lead can remove this link')
  await expect(dialog(support).getByRole('button', { name: /Remove/ })).toHaveCount(0)
  await expect(dialog(support).getByRole('button', { name: /bulk mute/ })).toHaveCount(0)
  const viewer = await openOther('viewer')
  await openAccount(viewer, one)
  await expect(panel(viewer)).toHaveCount(0)

  await panel(page).getByRole('button', { name: 'Change linked accounts' }).click()
  await dialog(page)
    .getByRole('button', { name: new RegExp(`Remove the link with .*${other.id}`) })
    .press('Enter')
  await expect(toast(page, /removed/)).toBeVisible()
  // Where the button was, the keyboard goes on within the dialog.
  await page.keyboard.press('Tab')
  await expect(dialog(page).getByRole('textbox', { name: 'User id' })).toBeFocused()
  await page.keyboard.press('Escape')
  await expect(panel(page)).toContainText('No other account is known')
  await page.goto(`/accounts/sg/${other.id}`)
  await expect(linked(page, third.id)).toBeVisible()
  await expect(linked(page, one.id)).toHaveCount(0)

  const lead = await openOther('lead')
  await lead.goto(`/audit?userId=${one.id}`)
  await expect(lead.getByRole('row').filter({ hasText: `No longer linked with ${other.id}` })).toHaveCount(1)
  await expect(
    lead.getByRole('row').filter({ hasText: `Linked with ${other.id}: the same person` }),
  ).toHaveCount(1)
})

test('linked accounts become one bulk mute, those in this app alone', async ({
  page,
  signIn,
  newAccount,
  emulator,
}) => {
  const [one, other] = [await newAccount(), await newAccount()]
  const elsewhere = `z_${other.id}`.slice(0, 32)
  await emulator.seed({ zego: { users: [{ id: elsewhere, name: 'In the other app' }] } })
  await signIn('moderator')
  await link(page, one.id, other.id)
  await call(page, 'linkAccountsAction', {
    ...{ connection: 'zim', userId: elsewhere, otherConnection: 'sg', otherUserId: one.id },
    reason: 'Says so',
  })
  await openAccount(page, one)
  await expect(panel(page).locator(`[data-linked="zim/${elsewhere}"]`)).toContainText('Party rooms')
  await panel(page).getByRole('button', { name: 'Change linked accounts' }).click()
  await dialog(page).getByRole('button', { name: 'Take all 2 accounts in Live app' }).click()
  await expect(page).toHaveURL('/bulk-mutes/new')
  await expect(counts(page)).toHaveText('2 accounts')
  // Nothing is muted by a link.
  expect(await emulator.mutes(other.id)).toMatchObject({ oneToOne: null, allGroups: null })
})

test('a reporter who is the accused is said so from the report to the decision, and decides nothing', async ({
  page,
  signIn,
  newAccount,
  emulator,
  checkAccessibility,
}) => {
  test.slow()
  const [accused, reporter] = [await newAccount(), await newAccount({ oneToOne: 7_200 })]
  await signIn('moderator')
  await fileReport(page, reporter.id)
  await link(page, accused.id, reporter.id)
  // The console knows of a mute that it has seen.
  await openAccount(page, reporter)
  await expect(row(page, 'one_to_one')).toHaveAttribute('data-state', 'drift')

  await page.goto('/reports/new')
  await page.getByRole('textbox', { name: 'Accused (user id)' }).fill(accused.id)
  await page.getByRole('textbox', { name: 'Reporter (user id)' }).fill(reporter.id)
  await page.keyboard.press('Tab')
  await expect(notice(page)).toContainText('belong to one person, says')
  await expect(notice(page)).toContainText('You can file the report all the same')
  await checkAccessibility(page)
  await page.getByRole('combobox', { name: 'Category' }).selectOption({ label: 'Spam' })
  await page.getByRole('button', { name: 'File the report' }).click()
  await page.getByRole('link', { name: 'Open the case' }).click()

  await expect(notice(page)).toContainText(/The reporter and the accused belong to one person, says .*Demo/)
  await expect(notice(page)).toContainText('Nothing is decided by it')
  await expect(page.locator('[data-is-accused]')).toHaveCount(1)
  await expect(linked(page, reporter.id)).toContainText('Reporter')
  await expect(linked(page, reporter.id).locator('[data-linked-mute="one_to_one"]')).toContainText('1 h 5')
  await expect(linked(page, reporter.id).getByRole('link', { name: /^#\d+$/ })).toHaveCount(1)
  await checkAccessibility(page)
  await page.setViewportSize({ width: 390, height: 800 })
  await checkFit(page)
  await stands(page, 'free')

  await decidePanel(page).getByRole('radio', { name: 'Bad faith' }).check()
  await decidePanel(page).getByRole('radio', { name: 'Do nothing' }).check()
  await decidePanel(page).getByLabel('Reason', { exact: true }).fill('Reports their own account')
  await decideNow(page)
  await stands(page, 'ended')
  await expect(notice(page)).toBeVisible()
  const named: unknown[] = [accused.id, reporter.id]
  expect((await emulator.journal()).filter(({ account }) => named.includes(account))).toEqual([])

  // Taken back in the case itself, it is said no more.
  await pressUntil(page, 'p', () => expect(dialog(page)).toBeVisible({ timeout: 1_000 }))
  await dialog(page)
    .getByRole('button', { name: /Remove the link with/ })
    .click()
  await expect(notice(page)).toHaveCount(0)
})
