import { pressUntil, toast } from './account-page'
import { chooseMute, decideNow, decidePanel, fileReport, stands, work } from './case-page'
import { expect, test } from './fixtures'

test('with the switch on, a decision leads to the next case, and the key takes it back from there', async ({
  page,
  signIn,
  newAccount,
  emulator,
}) => {
  test.slow()
  const [{ id }, { id: nextId }] = [await newAccount(), await newAccount()]
  await signIn('moderator')
  const address = await fileReport(page, id)
  // More of what is most severe than in any other case.
  for (let reporter = 0; reporter < 8; reporter += 1)
    await fileReport(page, nextId, { category: 'threat_to_life', reporterId: `${nextId}_by${reporter}` })
  await page.goto(address)
  const decide = await chooseMute(page, '3h')
  const preview = decide.getByRole('region', { name: 'What will happen' })
  await expect(preview).toContainText(/One-to-one chats: not muted → until .+ \(.+ UTC\)/)
  const advance = page.getByRole('checkbox', { name: 'Then take the next case' })
  await expect(advance).not.toBeChecked()
  await advance.check()
  await decideNow(page)
  await expect(page).not.toHaveURL(new RegExp(address))
  await expect(page.locator('main [data-side="accused"]').first()).toContainText(nextId)
  await stands(page, 'yours')
  await expect(toast(page, /is decided/).getByRole('link', { name: 'View' })).toHaveAttribute('href', address)
  expect((await emulator.mutes(id)).oneToOne).not.toBeNull()
  // Kept for the next case, in this browser.
  await expect(advance).toBeChecked()

  await page.locator('h1').click()
  await pressUntil(page, 'Control+z', () => expect(page).toHaveURL(new RegExp(address)))
  await expect(decidePanel(page).getByText('What held before is back')).toBeVisible()
  await stands(page, 'free')
  expect((await emulator.mutes(id)).oneToOne).toBeNull()
  await advance.uncheck()
  await page
    .getByRole('region', { name: 'Case in hand' })
    .getByRole('link', { name: 'Back to the case' })
    .click()
  await work(page).getByRole('button', { name: 'Release' }).click()
  await stands(page, 'free')
})
