import type { Page } from '@playwright/test'
import { encodePath } from '../lib/read'
import { pressUntil } from './account-page'
import { expect, test } from './fixtures'

const box = (page: Page) => page.getByRole('textbox', { name: 'Search accounts' })
const row = (page: Page, id: string) => page.locator(`[data-connection=sg][data-account-id="${id}"]`)
const scope = (page: Page, id: string, name: string) => row(page, id).locator(`[data-scope=${name}]`)

test('a pasted list keeps its line breaks, and each entry is answered for', async ({
  page,
  context,
  signIn,
  newAccount,
  checkAccessibility,
}) => {
  await signIn('viewer')
  const muted = await newAccount({ oneToOne: 3 * 3_600, allGroups: 'forever' })
  const spaced = await newAccount({ id: `e2e two  #${Date.now()}%`, nickname: 'ad\u200bmin' })
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await page.goto('/accounts')
  await expect(page.getByRole('heading', { name: 'Find an account' })).toBeVisible()
  const list = [spaced.id, 'nobody_has_this', muted.id, 'x'.repeat(33), '小林'].join('\r\n')
  await page.evaluate((text) => navigator.clipboard.writeText(text), list)
  await pressUntil(page, '/', () => expect(box(page)).toBeFocused({ timeout: 500 }))
  await page.keyboard.press('ControlOrMeta+v')

  await expect(page.getByRole('status').filter({ hasText: '2 accounts found' })).toBeVisible()
  const found = page.getByRole('list', { name: 'Accounts found' }).locator('[data-account-id]')
  await expect(found.nth(0)).toHaveAttribute('data-account-id', spaced.id)
  await expect(found.nth(0)).toContainText('ad⟨U+200B⟩min')
  await expect(found.nth(1)).toHaveAttribute('data-account-id', muted.id)
  await expect(scope(page, muted.id, 'one_to_one')).toContainText(/2 h 5\d m|3 h 00 m/)
  await expect(scope(page, muted.id, 'all_groups')).toContainText('no end')
  await expect(scope(page, spaced.id, 'all_groups')).toHaveAttribute('data-state', 'none')
  await expect(page.getByText('1 id belongs to no account')).toBeVisible()
  await expect(page.getByText('2 entries cannot be user ids')).toBeVisible()
  await checkAccessibility(page)

  await row(page, spaced.id).getByRole('link').click()
  await expect(page).toHaveURL(`/accounts/sg/${encodeURIComponent(spaced.id)}`)
  await page.goBack()
  await expect(found).toHaveCount(2)
})

test('a result shows the picture of the account, and its initials where the picture cannot be had', async ({
  page,
  signIn,
  newAccount,
  allowErrors,
}) => {
  allowErrors(/404 .*\/avatar/)
  await signIn('viewer')
  const pictured = await newAccount({ avatarUrl: '/pictures/e2e.png' })
  const broken = await newAccount({ nickname: 'Zed', avatarUrl: '/pictures/none' })
  const plain = await newAccount({ nickname: 'Quim' })
  await page.goto(`/accounts?q=${[pictured, broken, plain].map(({ id }) => id).join(',')}`)
  const picture = row(page, pictured.id).locator('img')
  await expect(picture).toHaveJSProperty('naturalWidth', 96)
  await expect(picture).toBeVisible()
  await expect(row(page, broken.id).locator('img')).toHaveCount(0)
  await expect(row(page, broken.id).getByText('Z', { exact: true })).toBeVisible()
  await expect(row(page, plain.id).locator('img')).toHaveCount(0)

  const response = await page.request.get(`/api/accounts/sg/${pictured.id}/avatar`)
  expect(response.headers()).toMatchObject({
    'content-type': 'image/png',
    'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
    'x-content-type-options': 'nosniff',
    'cache-control': 'private, max-age=3600',
  })
  await page.goto(`/accounts/sg/${pictured.id}`)
  await expect(page.locator('header[data-account-id] img')).toHaveJSProperty('naturalWidth', 96)
})

test('accounts whose ids mean something in an address are found and opened', async ({
  page,
  signIn,
  newAccount,
}) => {
  test.slow()
  await signIn('viewer')
  for (const [id, path] of [
    ['.', '/accounts/sg/~.'],
    ['..', '/accounts/sg/~..'],
    [' x ', '/accounts/sg/%20x%20'],
    ['../a,b', '/accounts/sg/..%2Fa%2Cb'],
  ] as const) {
    await test.step(JSON.stringify(id), async () => {
      await newAccount({ id, nickname: 'Odd one', allGroups: 'forever' })
      for (const other of [id.trim(), 'x', 'a', 'b'].filter((other) => other !== id))
        await newAccount({ id: other, nickname: 'Another' })
      await page.goto(`/accounts?${new URLSearchParams({ q: `"${id}"` })}`)
      await expect(page.getByRole('list', { name: 'Accounts found' }).getByRole('link')).toHaveCount(1)
      await row(page, id).getByRole('link').click()

      const header = page.locator(`header[data-account-id="${id}"]`)
      const allGroups = page.locator('li[data-scope=all_groups]')
      await expect(page).toHaveURL(path)
      await expect(header).toContainText('Odd one')
      await expect(allGroups).toHaveAttribute('data-state', 'drift')
      await page.reload()
      await expect(header).toContainText('Odd one')
      await expect(allGroups).toHaveAttribute('data-state', 'drift')

      const account = encodePath('sg', id)
      const read = async (route: string) => (await page.request.get(route)).json()
      expect(await read(`/api/accounts${account}`)).toMatchObject({
        data: { account: { userId: id, exists: true } },
      })
      expect(await read(`/api/mutes${account}`)).toMatchObject({ ok: true })
      expect(await read(`/api/mutes${account}/history`)).toMatchObject({ ok: true, data: { commands: [] } })
    })
  }
})

test('the search is in the URL, goes with the keyboard, and is reached from every page', async ({
  page,
  signIn,
  newAccount,
}) => {
  await signIn('lead')
  const account = await newAccount({ allGroups: 7_200 })
  await page.goto('/settings')
  await pressUntil(page, '/', () => expect(box(page)).toBeFocused({ timeout: 500 }))
  await page.keyboard.type(account.id)
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(`/accounts?q=${account.id}`)
  await expect(row(page, account.id)).toBeVisible()
  await expect(box(page)).toHaveValue(account.id)

  await box(page).press('ArrowDown')
  await expect(row(page, account.id).getByRole('link')).toBeFocused()
  await page.keyboard.press('ArrowUp')
  await expect(box(page)).toBeFocused()
  await page.keyboard.press('Escape')
  await expect(page).toHaveURL('/accounts')
  await expect(box(page)).toHaveValue('')

  // Known from the first search: now by its beginning, with the mute read at the provider.
  await box(page).fill(account.id.slice(0, -1))
  await expect(page).toHaveURL(`/accounts?q=${account.id.slice(0, -1)}`)
  await expect(scope(page, account.id, 'all_groups')).toContainText(/1 h 5\d m|2 h 00 m/)
  await box(page).press('Enter')
  await expect(row(page, account.id).getByRole('link')).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(`/accounts/sg/${account.id}`)
})

test('nothing found is told apart from nothing known and from too much', async ({
  page,
  signIn,
  allowErrors,
}) => {
  allowErrors(/404 .*connection=nowhere/)
  await signIn('viewer')
  await page.goto('/accounts?q=quetzal_quetzal')
  await expect(page.getByText('No account has exactly this id')).toBeVisible()
  await expect(page.getByText('Names are those of accounts that were seen here before')).toBeVisible()

  const ids = Array.from({ length: 130 }, (_, index) => `a_rather_long_user_id_${index}`)
  await box(page).fill(ids.join('\n'))
  await expect(page.getByText('130 ids are more than 100')).toBeVisible()
  await page.getByRole('button', { name: 'Search the first 100' }).click()
  await expect(page.getByText('100 ids belong to no account')).toBeVisible()

  await box(page).fill('lin\u202e'.repeat(2_000))
  await expect(page.getByText('This is too long for a search')).toBeVisible()
  await page.goto('/accounts?q=lin&connection=nowhere')
  await expect(page.getByText('There is no such connection')).toBeVisible()
})

test('a provider that cannot be asked is named, and the rest goes on', async ({
  page,
  signIn,
  emulator,
  newAccount,
}) => {
  await signIn('viewer')
  const account = await newAccount()
  await page.goto(`/accounts?q=${account.id}`)
  await expect(row(page, account.id)).toBeVisible()
  await emulator.addFaults({
    kind: 'code',
    code: 70_402,
    api: 'account_check',
    appId: 1_400_000_000,
    times: 'always',
  })
  await page.goto(`/accounts?q=${account.id}`)
  const alert = page.getByRole('alert').filter({ hasText: 'could not be asked' })
  await expect(alert).toContainText('Live app (Singapore)')
  await expect(row(page, account.id)).toBeVisible()
  await emulator.clearFaults()
  await alert.getByRole('button', { name: 'Try again' }).click()
  await expect(alert).toBeHidden()
  await expect(row(page, account.id).locator('[data-presence]')).toBeVisible()
})

test('search, audit log and settings fit a phone in each language', async ({
  page,
  signIn,
  speak,
  checkAccessibility,
}) => {
  test.slow()
  await signIn('lead')
  await page.setViewportSize({ width: 390, height: 844 })
  for (const [locale, name] of [
    ['en', 'Search accounts'],
    ['zh-CN', '搜索账号'],
    ['ja', 'アカウントを検索'],
  ] as const) {
    await speak(locale)
    for (const path of ['/accounts', '/accounts?q=lin', '/audit', '/settings']) {
      await test.step(`${locale}: ${path}`, async () => {
        await page.goto(path)
        await expect(page.getByRole('textbox', { name })).toBeVisible()
        await expect(page.locator('html')).toHaveAttribute('lang', locale)
        // What axe looks for does not depend on the words.
        if (locale === 'en') await checkAccessibility(page)
        const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
        expect(overflow, `${path} is wider than the screen`).toBeLessThanOrEqual(0)
      })
    }
  }
})
