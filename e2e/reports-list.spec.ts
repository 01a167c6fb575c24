import type { Page } from '@playwright/test'
import { pressUntil } from './account-page'
import { caseLink, decidePanel, fileReport, stands, work } from './case-page'
import { expect, test } from './fixtures'

const ways = (page: Page) => page.getByRole('navigation', { name: 'Through the list' })
const next = (page: Page) => ways(page).getByRole('link', { name: /^Next: #\d+/ })
const previous = (page: Page) => ways(page).getByRole('link', { name: /^Previous: #\d+/ })
const isAt = (page: Page, caseId: string | undefined) =>
  expect(page).toHaveURL(new RegExp(`/reports/${caseId}\\?tab=new&reporter=`))

test('cases of a list are walked through by key and link, and the list is come back to where one was', async ({
  page,
  context,
  consoleUrl,
  signIn,
  newAccount,
  checkAccessibility,
}) => {
  test.slow()
  const { id: reporterId } = await newAccount()
  await signIn('moderator')
  for (let made = 0; made < 3; made += 1) await fileReport(page, (await newAccount()).id, { reporterId })
  const list = `/reports?reporter=${reporterId}`
  await page.goto(list)
  await expect(caseLink(page)).toHaveCount(3)
  const rows = page.locator('main li[data-case-id]')
  const [first, second, third] = await rows.evaluateAll((all) =>
    all.map((row) => (row instanceof HTMLElement ? row.dataset.caseId : undefined)),
  )
  await pressUntil(page, 'j', () => expect(caseLink(page).first()).toBeFocused({ timeout: 500 }))
  await page.keyboard.press('Enter')
  await isAt(page, first)

  // At the beginning there is no way back, and the key for it does nothing.
  const start = ways(page).getByRole('link', { name: 'Start of the list' })
  await expect(start).toHaveAttribute('aria-disabled', 'true')
  await page.keyboard.press('k')
  await checkAccessibility(page)
  await page.keyboard.press('?')
  const sheet = page.getByRole('dialog')
  await expect(sheet).toContainText('Next case')
  await expect(sheet).not.toContainText('Previous case')
  await page.keyboard.press('Escape')
  await expect(sheet).toBeHidden()
  await isAt(page, first)
  await pressUntil(page, 'j', () => isAt(page, second))
  await page.reload()
  await expect(next(page)).toBeVisible()
  await stands(page, 'free')
  await pressUntil(page, 'k', () => isAt(page, first))
  await next(page).click()
  await isAt(page, second)

  // Claimed, it leaves the list; the ways are those around where it stood, and what is typed is kept.
  await work(page).getByRole('button', { name: 'Claim' }).click()
  await stands(page, 'yours')
  await decidePanel(page).getByRole('radio', { name: 'Not valid' }).check()
  await expect(previous(page)).toHaveAttribute('href', new RegExp(`/reports/${first}\\?`))
  await next(page).press('Enter')
  await isAt(page, third)
  await expect(ways(page).getByRole('link', { name: 'End of the list' })).toBeVisible()
  await expect(previous(page)).toHaveAttribute('href', new RegExp(`/reports/${first}\\?`))
  await page.goBack()
  await isAt(page, second)
  await expect(decidePanel(page).getByRole('radio', { name: 'Not valid' })).toBeChecked()
  await page.goForward()
  await isAt(page, third)

  await page.getByRole('link', { name: 'Reports: New' }).click()
  await expect(page).toHaveURL(`${list}#case-${third}`)
  await expect(caseLink(page)).toHaveCount(2)
  await expect(caseLink(page).last()).toBeFocused()
  await expect(caseLink(page).last()).toBeInViewport()

  await page.setViewportSize({ width: 390, height: 800 })
  for (const [locale, theme] of [
    ['en', 'dark'],
    ['zh-CN', 'dark'],
    ['ja', 'light'],
  ] as const) {
    await context.addCookies([
      { name: 'hushdesk.locale', value: locale, url: consoleUrl },
      { name: 'hushdesk.theme', value: theme, url: consoleUrl },
    ])
    await page.goto(list)
    await caseLink(page).first().click()
    await isAt(page, first)
    await expect(page.locator('html')).toHaveAttribute('lang', locale)
    await expect(page.locator('nav a[rel="next"]')).toBeVisible()
    await expect(page.locator('a[rel="next"]').last()).toHaveAttribute('href', /tab=new/)
    const overflow = () => document.documentElement.scrollWidth - document.documentElement.clientWidth
    expect(await page.evaluate(overflow)).toBe(0)
    await checkAccessibility(page)
  }
})
