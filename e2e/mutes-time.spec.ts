import { compose, openAccount, restOf, row, submit } from './account-page'
import { expect, test } from './fixtures'

test('at zero a mute is "ending", is read back, and says when it ended', async ({
  page,
  signIn,
  newAccount,
}) => {
  await signIn('moderator')
  const account = await newAccount()
  await openAccount(page, account)
  const form = await compose(page, { preset: 'Custom' })
  await form.getByLabel('Length', { exact: true }).fill('10s')
  await submit(page, /^Mute /).click()
  await expect(row(page, 'one_to_one')).toHaveAttribute('data-state', 'muted')
  await expect(row(page, 'one_to_one')).toHaveAttribute('data-state', 'ended', { timeout: 60_000 })
  await expect(row(page, 'one_to_one')).toContainText(/ended today \d/)
})

for (const minutes of [-7, 24 * 60 + 7]) {
  test(`a browser whose clock is ${minutes} minutes off shows the true rest`, async ({
    page,
    signIn,
    newAccount,
  }) => {
    await page.clock.install({ time: Date.now() + minutes * 60_000 })
    await signIn('moderator')
    const account = await newAccount({ oneToOne: 3_600 })
    await openAccount(page, account)
    await expect.poll(() => restOf(page, 'one_to_one')).toBeLessThanOrEqual(3_600)
    expect(await restOf(page, 'one_to_one')).toBeGreaterThan(3_600 - 60)
  })
}

test('a tab that slept for two hours does not believe its own clock', async ({
  page,
  signIn,
  newAccount,
}) => {
  await page.clock.install()
  await signIn('moderator')
  const account = await newAccount({ oneToOne: 10_800 })
  await openAccount(page, account)
  await expect.poll(() => restOf(page, 'one_to_one')).toBeGreaterThan(10_700)
  await page.clock.fastForward('02:00:00')
  // A page that has not come alive yet hears of nothing.
  await expect(async () => {
    await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')))
    await expect.poll(() => restOf(page, 'one_to_one'), { timeout: 3_000 }).toBeGreaterThan(10_700)
  }).toPass()
})
