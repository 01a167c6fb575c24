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
  await compose(page, { preset: '1 h' })
  expect(await overflow()).toBe(0)
  await checkAccessibility(page)
  await submit(page, /^Mute /).click()
  await expect(row(page, 'one_to_one')).toHaveAttribute('data-state', 'muted')
})

for (const [locale, word] of [
  ['en', 'One-to-one chats'],
  ['zh-CN', '单聊'],
  ['ja', '1対1'],
] as const) {
  for (const theme of ['light', 'dark'] as const) {
    test(`in ${locale}, ${theme}: the account page is complete and axe finds nothing`, async ({
      page,
      context,
      consoleUrl,
      signIn,
      newAccount,
      checkAccessibility,
    }) => {
      await signIn('moderator')
      await context.addCookies([
        { name: 'hushdesk.locale', value: locale, url: consoleUrl },
        { name: 'hushdesk.theme', value: theme, url: consoleUrl },
      ])
      const account = await newAccount({ oneToOne: 3_600, allGroups: 'forever' })
      await page.goto(`/accounts/sg/${account.id}?panel=mute`)
      await expect(page.locator('html')).toHaveAttribute('lang', locale)
      await expect(page.getByRole('form')).toBeVisible()
      await expect(row(page, 'one_to_one')).toContainText(word)
      await checkAccessibility(page)
    })
  }
}
