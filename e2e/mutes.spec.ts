import { compose, findByKeyboard, openAccount, pressUntil, restOf, row, submit, toast } from './account-page'
import { expect, test } from './fixtures'

test('from a search to a mute that ticks, and back by undo to what was there', async ({
  page,
  signIn,
  newAccount,
  emulator,
}) => {
  await signIn('moderator')
  const account = await newAccount({ oneToOne: 10_800 })
  await page.goto('/accounts')
  await findByKeyboard(page, account)
  await expect(page).toHaveURL(new RegExp(`/accounts/sg/${account.id}`))

  const before = await emulator.mutes(account.id)
  await compose(page, { preset: '24 h' })
  await expect(page.getByRole('form')).toContainText(
    `${account.id} cannot write in one-to-one chats and in any group until`,
  )
  await submit(page, /^(Extend|Replace|Mute) .*/).click()
  await expect(toast(page, /^Muted /)).toBeVisible()
  await expect(row(page, 'one_to_one')).toHaveAttribute('data-state', 'muted')
  await expect(row(page, 'one_to_one')).toContainText('verified')
  await expect(row(page, 'all_groups')).toContainText('Sent spam')

  const rest = await restOf(page, 'all_groups')
  expect(rest).toBeGreaterThan(86_400 - 120)
  await compose(page, { preset: '10 min', scope: 'All groups' })
  await submit(page, /^Shorten .*/).click()
  await expect.poll(() => restOf(page, 'all_groups')).toBeLessThan(601)
  const first = await restOf(page, 'all_groups')
  await expect.poll(() => restOf(page, 'all_groups')).toBeLessThan(first)

  await page.keyboard.press('ControlOrMeta+z')
  await expect(toast(page, /^Restored: muted until /)).toBeVisible()
  await expect.poll(() => restOf(page, 'all_groups')).toBeGreaterThan(86_400 - 180)
  const older = page.getByRole('button', { name: /^Undo/ })
  await expect(older.first()).toBeVisible()
  const after = await emulator.mutes(account.id)
  expect(typeof after.allGroups).toBe('number')
  expect(before.allGroups).toBeNull()
  expect((await emulator.violations()).list).toEqual([])
})

test('undo from the history gives back the mute that was there, not merely none', async ({
  page,
  signIn,
  newAccount,
  emulator,
}) => {
  await signIn('moderator')
  const account = await newAccount({ oneToOne: 10_800 })
  const { oneToOne: threeHours } = await emulator.mutes(account.id)
  await openAccount(page, account)
  await compose(page, { preset: '7 d' })
  await submit(page, /^(Mute|Extend|Replace) /).click()
  await expect(toast(page, /^Muted /)).toBeVisible()
  await page.reload()
  await page.getByRole('button', { name: /^Undo/ }).first().click()
  await expect.poll(async () => (await emulator.mutes(account.id)).allGroups).toBeNull()
  const restored = await emulator.mutes(account.id)
  expect(Math.abs(Number(restored.oneToOne) - Number(threeHours))).toBeLessThanOrEqual(2_000)
  await expect(row(page, 'all_groups')).toHaveAttribute('data-state', 'none')
})

test('a mute for ever asks by name, says "no end", and is lifted', async ({
  page,
  signIn,
  newAccount,
  emulator,
}) => {
  await signIn('moderator')
  const account = await newAccount()
  await openAccount(page, account)
  await compose(page, { preset: 'For ever' })
  await submit(page, /^Mute .* for ever$/).click()
  const dialog = page.getByRole('dialog')
  await expect(dialog).toContainText(account.id)
  await dialog.getByRole('button', { name: /^Mute .* for ever$/ }).click()
  await expect(row(page, 'one_to_one')).toContainText('no end')
  expect(await emulator.mutes(account.id)).toMatchObject({ oneToOne: 'forever', allGroups: 'forever' })

  await page.getByRole('button', { name: /^Lift…/ }).click()
  await page.getByRole('form').getByRole('radio', { name: 'Mistake', exact: true }).check()
  await submit(page, /^Lift .*/).click()
  await expect(row(page, 'one_to_one')).toHaveAttribute('data-state', 'none')
  expect(await emulator.mutes(account.id)).toMatchObject({ oneToOne: null, allGroups: null })
})

test('an undo by keyboard while the form to lift is open leaves the focus in the form', async ({
  page,
  signIn,
  newAccount,
}) => {
  await signIn('moderator')
  const account = await newAccount()
  await openAccount(page, account)
  await compose(page, { preset: '1 h' })
  await submit(page, /^Mute .* for 1 h$/).click()
  await expect(row(page, 'one_to_one')).toHaveAttribute('data-state', 'muted')
  const form = page.getByRole('form')
  await expect(form).toHaveCount(0)
  await page.keyboard.press('u')
  await expect(form.getByRole('radio', { name: 'Lift', exact: true })).toBeFocused()
  await page.keyboard.press('Control+z')
  await expect(row(page, 'one_to_one')).toHaveAttribute('data-state', 'none')
  await expect(form).toContainText('nothing would change')
  await expect(form.locator(':focus')).toHaveCount(1)
})

test('an answer that is lost is "not known yet", is checked, and turns out done', async ({
  page,
  signIn,
  newAccount,
  emulator,
}) => {
  await signIn('moderator')
  const account = await newAccount()
  await openAccount(page, account)
  await compose(page, { preset: '1 h' })
  await emulator.addFaults({ kind: 'drop-after', api: 'setnospeaking', account: account.id })
  await submit(page, /^Mute /).click()
  await expect(
    toast(page, /No answer yet/)
      .or(row(page, 'one_to_one').getByText(/no answer came|verified/))
      .first(),
  ).toBeVisible()
  await expect(row(page, 'one_to_one')).toHaveAttribute('data-state', 'muted', { timeout: 60_000 })
  await expect(row(page, 'one_to_one')).toContainText('verified')
  const effects = (await emulator.journal()).filter((entry) => entry.account === account.id)
  expect(effects).toHaveLength(1)
})

test('what was changed elsewhere shows as drift, to accept or to set again', async ({
  page,
  signIn,
  newAccount,
  emulator,
}) => {
  await signIn('moderator')
  const account = await newAccount()
  await openAccount(page, account)
  await compose(page, { preset: '1 h' })
  await submit(page, /^Mute /).click()
  await expect(row(page, 'all_groups')).toHaveAttribute('data-state', 'muted')

  await emulator.putMutes({ account: account.id, oneToOne: 'forever', allGroups: null })
  await page.getByRole('button', { name: 'Refresh' }).click()
  await expect(row(page, 'one_to_one')).toHaveAttribute('data-state', 'drift')
  await expect(row(page, 'one_to_one')).toContainText('Changed outside this console')
  await expect(row(page, 'all_groups')).toHaveAttribute('data-state', 'drift')

  await row(page, 'one_to_one').getByRole('button', { name: 'Accept: muted with no end' }).click()
  await expect(row(page, 'one_to_one')).toHaveAttribute('data-state', 'muted')
  await row(page, 'all_groups')
    .getByRole('button', { name: /^Set again/ })
    .click()
  await expect(row(page, 'all_groups')).toHaveAttribute('data-state', 'muted')
  const { oneToOne, allGroups } = await emulator.mutes(account.id)
  expect(oneToOne).toBe('forever')
  expect(typeof allGroups).toBe('number')
})

test('of two moderators who decide at once the second is told who was first, and keeps what was typed', async ({
  page,
  signIn,
  openOther,
  newAccount,
  emulator,
}) => {
  await signIn('moderator')
  const account = await newAccount()
  const colleague = await openOther('lead')
  await openAccount(page, account)
  await openAccount(colleague, account)
  await compose(page, { preset: '1 h' })
  await compose(colleague, { preset: '7 d' })
  await submit(colleague, /^Mute /).click()
  await expect(row(colleague, 'one_to_one')).toHaveAttribute('data-state', 'muted')

  await submit(page, /^Mute /).click()
  await expect(page.getByRole('form')).toContainText(/Demo lead\W* changed it/)
  await expect(page.getByRole('form').getByRole('radio', { name: /^1 h/ })).toBeChecked()
  expect((await emulator.journal()).filter((entry) => entry.account === account.id)).toHaveLength(1)
  await submit(page, /Apply on top of it/).click()
  await expect.poll(() => restOf(page, 'one_to_one')).toBeLessThan(3_601)
})

test('by keyboard alone: find, mute, go elsewhere, undo from there', async ({
  page,
  signIn,
  newAccount,
  emulator,
}) => {
  await signIn('moderator')
  const account = await newAccount()
  await page.goto('/accounts')
  await findByKeyboard(page, account)
  const form = page.getByRole('form')
  await pressUntil(page, 'm', () => expect(form).toBeVisible({ timeout: 500 }))
  await form.getByRole('radio', { name: /^10 min/ }).focus()
  await page.keyboard.press('Space')
  await form.getByRole('radio', { name: 'Spam', exact: true }).focus()
  await page.keyboard.press('Space')
  await form.getByRole('button', { name: /^Mute .* for 10 min$/ }).focus()
  await page.keyboard.press('Enter')
  await expect(row(page, 'one_to_one')).toHaveAttribute('data-state', 'muted')
  await expect(form).toHaveCount(0)
  await page.getByRole('link', { name: 'Groups', exact: true }).focus()
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/\/groups$/)
  await page.keyboard.press('ControlOrMeta+z')
  await expect(toast(page, /^Restored: not muted/)).toContainText(account.id)
  await expect(toast(page, /^Muted /)).toHaveCount(0)
  expect(await emulator.mutes(account.id)).toMatchObject({ oneToOne: null, allGroups: null })
})
