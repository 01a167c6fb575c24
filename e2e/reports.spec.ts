import type { Page } from '@playwright/test'
import { pressUntil, toast } from './account-page'
import { caseLink, decidePanel, openCase, queueOf, stands, work } from './case-page'
import { workCases } from './demo/case-work'
import { expect, test } from './fixtures'
import { holdReads } from './hold-reads'
import { askForSecondOpinion } from './second-opinion'

const bar = (page: Page) => page.getByRole('region', { name: 'Case in hand' })
/** The bar where it tells of the case on the screen: another test's may be in hand too. */
const inHand = (page: Page) => page.locator(`[data-inquiry="${page.url().split('/').at(-1)?.split('?')[0]}"]`)

test('a case is worked on by keyboard alone, from the queue and back', async ({ page, signIn }) => {
  const [first, second] = workCases.keyboard
  await signIn('moderator')
  await page.goto(queueOf(first))
  const row = page.locator(`[data-account-id="${first}"]`)
  await expect(row.locator('[data-side="accused"]')).toContainText(first)
  await expect(row.locator('[data-sla]')).toHaveAttribute('data-sla', 'overdue')
  await pressUntil(page, 'j', () => expect(caseLink(page)).toBeFocused({ timeout: 500 }))
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/\/reports\/[0-9a-f-]{36}\?/)

  // Who is who; what was said is text and nothing else.
  await expect(page.locator('main [data-side="accused"]').first()).toContainText(first)
  await expect(page.locator('main [data-side="reporter"]').first()).toContainText(`${first}_by`)
  const reported = page.locator('[data-reported="true"]')
  await expect(reported).toContainText('<script>alert(1)</script>')
  await expect(reported).toContainText('Deleted since')
  await expect(page.locator('main script, main img[src*="x"], main a[href*="evil"]')).toHaveCount(0)
  await page.getByRole('button', { name: 'Show what is kept' }).focus()
  await page.keyboard.press('Enter')
  await expect(page.getByText('The file itself is not kept and not fetched.')).toBeVisible()

  await page.locator('h1').click()
  await pressUntil(page, 'c', () => stands(page, 'yours'))
  await expect(work(page).getByRole('timer')).toContainText(/^(9 m \d\d s|10 m 00 s)$/)
  await page.keyboard.press('n')
  await expect(page.getByRole('textbox', { name: 'Note on the accused' })).toBeFocused()
  await page.keyboard.type('Warned in March; c and h are only letters here')
  await page.keyboard.press('Tab')
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('listitem').filter({ hasText: 'Warned in March' })).toBeVisible()
  await page.keyboard.press('h')
  const dialog = page.getByRole('dialog')
  await expect(dialog).toContainText('Hold case')
  await dialog.getByRole('button', { name: /^Hold #/ }).focus()
  await page.keyboard.press('Enter')
  await stands(page, 'held')
  await page.goto(queueOf(first, 'held'))
  await expect(page.locator(`[data-account-id="${first}"]`)).toContainText('Back in 1 h 59 m')

  // The bar goes along and leads back.
  await openCase(page, second)
  await pressUntil(page, 'c', () => stands(page, 'yours'))
  await page.goto('/mutes')
  await expect(bar(page)).toContainText(/9 m \d\d s left/)
  await bar(page).getByRole('link', { name: 'Back to the case' }).press('Enter')
  await stands(page, 'yours')
  await work(page).getByRole('button', { name: 'Release' }).press('Enter')
  await stands(page, 'free')
  await expect(inHand(page)).toHaveCount(0)
})

test('a report is written down, claimed, decided and taken back by keyboard alone', async ({
  page,
  signIn,
  newAccount,
  emulator,
  checkAccessibility,
}) => {
  test.slow()
  const [accused, reporter] = [await newAccount(), await newAccount()]
  await signIn('moderator')
  await page.goto('/reports')
  await page.getByRole('link', { name: 'File a report' }).press('Enter')
  await page.getByRole('textbox', { name: 'Accused (user id)' }).focus()
  await page.keyboard.type(accused.id)
  await page.keyboard.press('Tab')
  await page.keyboard.type(reporter.id)
  await page.getByRole('combobox', { name: 'Category' }).focus()
  await page.keyboard.type('Spam')
  await page.getByRole('textbox', { name: 'What happened' }).focus()
  await page.keyboard.type('Links, every minute')
  await page.getByRole('button', { name: 'File the report' }).press('Enter')
  await expect(page.getByText(/Filed as case #\d+/)).toBeVisible()
  await page.goto(queueOf(accused.id))
  await pressUntil(page, 'j', () => expect(caseLink(page)).toBeFocused({ timeout: 500 }))
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/\/reports\/[0-9a-f-]{36}\?/)
  await page.locator('h1').click()
  await pressUntil(page, 'c', () => stands(page, 'yours'))

  const decide = page.getByRole('region', { name: 'Decide' })
  await expect(decide.getByText('The ladder says: warn')).toBeVisible()
  await decide.getByRole('radio', { name: 'Not valid' }).focus()
  await page.keyboard.press('ArrowLeft')
  await expect(decide.getByRole('radio', { name: 'Valid', exact: true })).toBeChecked()
  const preview = decide.getByRole('region', { name: 'What will happen' })
  await expect(preview).toContainText('1 reporter is told')
  await decide.getByRole('radio', { name: 'Warn' }).focus()
  await page.keyboard.press('ArrowRight')
  await expect(decide.getByRole('radio', { name: /^Mute/ })).toBeChecked()
  await expect(preview).toContainText('One-to-one chats')
  await checkAccessibility(page)
  await decide.getByLabel('Reason', { exact: true }).focus()
  await page.keyboard.type('Links; z and c are only letters here')
  await page.keyboard.press('Control+Enter')
  await decide.getByLabel(/Why other/).focus()
  await page.keyboard.type('The third time today')
  await page.keyboard.press('Control+Enter')
  await expect(decide.getByText(/Demo moderator.* decided/)).toBeVisible()
  await expect(decide.getByText(/2 messages go out in/)).toBeVisible()
  await stands(page, 'ended')
  await expect(inHand(page)).toHaveCount(0)

  await page.locator('h1').click()
  await pressUntil(page, 'Control+z', () =>
    expect(decide.getByText('What held before is back')).toBeVisible(),
  )
  await expect(decide.getByLabel('Reason', { exact: true })).toHaveValue(/^Links/)
  await stands(page, 'free')
  expect((await emulator.deliveries()).filter(({ to }) => [accused.id, reporter.id].includes(to))).toEqual([])
})

test('of two who want the same case one gets it; what the other typed is kept', async ({
  page: ann,
  signIn,
  openOther,
}) => {
  const [claimed, handed] = workCases.together
  await signIn('support')
  const ben = await openOther('lead')
  const url = await openCase(ann, claimed)
  await ben.goto(url)
  await expect(ben.getByText(/Demo support.* is looking at this case/)).toBeVisible()

  // Ben's page is kept from hearing of it, as on a slow line.
  const gate = await holdReads(ben)
  await work(ann).getByRole('button', { name: 'Claim' }).click()
  await stands(ann, 'yours')
  await work(ben).getByRole('button', { name: 'Claim' }).click()
  const told = ben.locator('main').getByRole('alert')
  await expect(told).toContainText('Somebody else works on this case')
  await expect(told).toContainText(/Demo support.* works on it until/)
  gate.open()
  await stands(ben, 'other')
  await expect(work(ben).getByRole('button', { name: 'Claim' })).toBeHidden()
  await decidePanel(ben).scrollIntoViewIfNeeded()
  await expect(decidePanel(ben)).toContainText(/Demo support.* works on it, for/)
  await expect(decidePanel(ben).getByRole('radio')).toHaveCount(0)
  await expect(decidePanel(ann).getByRole('radio', { name: 'Not valid' })).toBeVisible()

  // Another tab of the same moderator is another holder.
  const tab = await ann.context().newPage()
  await tab.goto(url)
  await stands(tab, 'other_tab')
  await decidePanel(tab).scrollIntoViewIfNeeded()
  await decidePanel(tab).getByRole('button', { name: 'Take it over here' }).click()
  await stands(tab, 'yours')
  await expect(decidePanel(tab).getByRole('radio', { name: 'Not valid' })).toBeVisible()
  await work(ann).getByRole('button', { name: 'Release' }).click()
  await expect(ann.locator('main').getByRole('alert')).toContainText('Your claim on this case has ended')
  await work(tab).getByRole('button', { name: 'Release' }).click()
  await stands(tab, 'free')
  await tab.close()

  await ann.goto(await openCase(ben, handed))
  const second = await holdReads(ben)
  await work(ben).getByRole('button', { name: 'Hand over…' }).click()
  const dialog = ben.getByRole('dialog')
  await dialog.getByRole('combobox', { name: 'To' }).selectOption({ label: '\u2068Demo support\u2069' })
  await dialog.getByRole('textbox', { name: 'Note for your colleague' }).fill('You know the two of them')
  await work(ann).getByRole('button', { name: 'Another category…' }).click()
  await work(ann).getByRole('combobox', { name: 'Category' }).selectOption('Scam')
  await work(ann).getByRole('button', { name: 'Change' }).click()
  await expect(ann.locator('main')).toContainText('is accused of Scam')
  await dialog.getByRole('button', { name: /^Hand over #/ }).click()
  await expect(dialog.getByRole('alert')).toContainText(/Demo support.* changed this case/)
  await expect(dialog.getByRole('alert')).toContainText('Category changed')
  await expect(dialog.getByRole('textbox')).toHaveValue('You know the two of them')
  second.open()
  await expect(ben.locator('main')).toContainText('is accused of Scam')
  await dialog.getByRole('button', { name: /^Hand over #/ }).click()
  await expect(toast(ben, /Handed over/)).toBeVisible()
  await openCase(ann, handed, 'mine')
  await stands(ann, 'handed')
  await expect(ann.locator('main')).toContainText('You know the two of them')
  await work(ann).getByRole('button', { name: 'Claim' }).click()
  await stands(ann, 'yours')

  await askForSecondOpinion({ ann, ben, accused: handed })
})

test('on a phone, in three languages: nothing is cut off and axe finds nothing', async ({
  page,
  context,
  consoleUrl,
  signIn,
  checkAccessibility,
}) => {
  const [accused] = workCases.look
  await page.setViewportSize({ width: 390, height: 800 })
  // A lead has the most ways to go in the frame.
  await signIn('lead')
  for (const [locale, theme] of [
    ['en', 'dark'],
    ['zh-CN', 'light'],
    ['ja', 'dark'],
  ] as const) {
    await context.addCookies([
      { name: 'hushdesk.locale', value: locale, url: consoleUrl },
      { name: 'hushdesk.theme', value: theme, url: consoleUrl },
    ])
    await page.goto(queueOf(accused))
    await expect(page.locator('html')).toHaveAttribute('lang', locale)
    await expect(caseLink(page)).toBeVisible()
    await checkFit(page)
    await checkAccessibility(page)
    // Beside a long name an id goes to the next line as it is.
    const id = page.locator('[data-account-id] bdi', { hasText: new RegExp(`^${accused}$`) })
    expect(await id.evaluate((one) => one.getClientRects().length)).toBe(1)
    await caseLink(page).click()
    await expect(page.locator('[data-stand]')).toBeVisible()
    await expect(page.locator('main li[data-scope]').first()).toBeVisible()
    await checkFit(page)
    await checkAccessibility(page)
    await page.goto('/reports')
    await page.locator('a[href="/reports/health"]').press('Enter')
    await page.locator('a[href="/reports/health?days=90"]').press('Enter')
    await expect(page).toHaveURL(/\?days=90$/)
    await expect(page.locator('[data-figure="open"]')).toBeVisible()
    await checkFit(page)
    await checkAccessibility(page)
  }
})

async function checkFit(page: Page): Promise<void> {
  const overflow = () => document.documentElement.scrollWidth - document.documentElement.clientWidth
  expect(await page.evaluate(overflow)).toBe(0)
}
