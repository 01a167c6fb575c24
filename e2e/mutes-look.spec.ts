import { compose, openAccount, row, submit } from './account-page'
import { expect, test } from './fixtures'

test('on a phone: nothing is cut off, and a mute goes through', async ({
  page,
  signIn,
  newAccount,
  checkAccessibility,
}) => {
  await page.setViewportSize({ width: 390, height: 800 })
  await signIn('moderator')
  const account = await newAccount({
    nickname: '\u202Egnp.exe 王小明 with a very long name that goes on and on',
  })
  await openAccount(page, account)
  const overflow = () =>
    page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
  expect(await overflow()).toBe(0)
  // The name is clipped to its line, and some letters reach far below the others.
  const lineOfName = await page
    .getByRole('heading', { level: 1 })
    .locator('bdi')
    .evaluate((name) => {
      const { lineHeight, fontSize } = getComputedStyle(name)
      return Number.parseFloat(lineHeight) / Number.parseFloat(fontSize)
    })
  expect(lineOfName, 'line height of the name').toBeGreaterThanOrEqual(1.25)
  await compose(page, { preset: '1 h' })
  expect(await overflow()).toBe(0)
  await checkAccessibility(page)
  await submit(page, /^Mute /).click()
  await expect(row(page, 'one_to_one')).toHaveAttribute('data-state', 'muted')
})

test('in each language and theme the account page is complete and axe finds nothing', async ({
  page,
  signIn,
  speak,
  newAccount,
  checkAccessibility,
}) => {
  await signIn('moderator')
  const account = await newAccount({ oneToOne: 3_600, allGroups: 'forever' })
  for (const [locale, theme, word] of [
    ['en', 'light', 'One-to-one chats'],
    ['zh-CN', 'dark', '单聊'],
    ['ja', 'light', '1対1'],
  ] as const) {
    await test.step(`${locale}, ${theme}`, async () => {
      await speak(locale, theme)
      await page.goto(`/accounts/sg/${account.id}?panel=mute`)
      await expect(page.locator('html')).toHaveAttribute('lang', locale)
      await expect(page.getByRole('form')).toBeVisible()
      await expect(row(page, 'one_to_one')).toContainText(word)
      await checkAccessibility(page)
    })
  }
})
