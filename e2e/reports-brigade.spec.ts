import { randomUUID } from 'node:crypto'
import type { Page } from '@playwright/test'
import { pressUntil } from './account-page'
import { counts, runUrl } from './bulk-collect-page'
import { addAccounts, call, expectStatus, items, startRun } from './bulk-page'
import { expect, test } from './fixtures'
import { tabTo } from './group-page'

const bar = (page: Page) => page.getByRole('region', { name: 'Selection' })
const caseOf = (page: Page, account: string) =>
  page.locator(`li[data-account-id="${account}"] [data-case-state]`)

/** Files a report on each of these, by one reporter whom no other test knows; gives that one. */
async function report(page: Page, accused: readonly string[]): Promise<string> {
  const reporterId = `raid_${randomUUID().slice(0, 8)}`
  for (const accusedId of accused) {
    const { result } = await call(page, 'fileReportAction', {
      idempotencyKey: randomUUID(),
      connection: 'sg',
      accusedId,
      reporterId,
      category: 'spam',
    })
    expect(result?.ok).toBe(true)
  }
  return reporterId
}

test('the cases of a raid are selected in the queue, decided by one bulk mute, and opened again by its undo', async ({
  page,
  signIn,
  emulator,
  checkAccessibility,
}) => {
  test.slow()
  await signIn('moderator')
  const muted = await addAccounts(emulator, 2)
  const gone = `gone_${randomUUID().slice(0, 8)}`
  const reporter = await report(page, [...muted, gone])
  const queue = `/reports?reporter=${reporter}`
  await page.goto(queue)
  const boxes = page.locator('li[data-case-id]').getByRole('checkbox')
  await expect(boxes).toHaveCount(3)
  await expect(async () => {
    if (!(await bar(page).isVisible())) await boxes.first().click()
    await expect(bar(page)).toBeVisible({ timeout: 1_000 })
  }).toPass()
  await boxes.last().click({ modifiers: ['Shift'] })
  await expect(bar(page)).toContainText('3 selected')
  await page.locator('[data-case-link]').nth(1).focus()
  await pressUntil(page, 'x', () => expect(bar(page)).toContainText('2 selected', { timeout: 500 }))
  await pressUntil(page, 'x', () => expect(bar(page)).toContainText('3 selected', { timeout: 500 }))
  await checkAccessibility(page)
  await tabTo(page, bar(page).getByRole('button', { name: 'Bulk mute 3 accused…' }))
  await page.keyboard.press('Enter')

  await expect(page).toHaveURL('/bulk-mutes/new')
  await expect(counts(page)).toHaveText('3 accounts')
  const cases = page.getByRole('region', { name: 'Cases of these accounts' })
  await page.getByRole('radio', { name: 'Spam', exact: true }).check()
  await page.getByLabel('Explanation').press('Control+Enter')
  await expect(cases.getByRole('radiogroup')).toHaveAttribute('aria-invalid', 'true')
  await expect(cases.getByRole('radio', { name: 'Valid' })).toBeFocused()
  await page.keyboard.press('Space')
  await page.setViewportSize({ width: 390, height: 844 })
  await checkAccessibility(page)
  await page.getByLabel('Explanation').press('Control+Enter')
  await expect(page).toHaveURL(runUrl)

  await expectStatus(page, 'previewed')
  await expect(page.getByText('3 cases: closed as valid when their account is muted')).toBeVisible()
  await expect(items(page)).toHaveCount(3)
  await expect(caseOf(page, gone)).toContainText(/Case #\d+ waits for the run/)
  await startRun(page, /^Mute 2 accounts/)
  await expectStatus(page, 'done')
  for (const account of muted)
    await expect(caseOf(page, account)).toHaveAttribute('data-case-state', 'decided', { timeout: 20_000 })
  await expect(page.getByText('2 closed · 1 left open')).toBeVisible()
  await checkAccessibility(page)
  const run = page.url()

  await caseOf(page, gone).getByRole('link').click()
  await expect(page.getByRole('region', { name: 'Bulk mutes' })).toContainText(
    'not decided by this run: the account was left out',
  )
  await page.goto(queue)
  await expect(page.locator('li[data-case-id]')).toHaveCount(1)

  await page.goto(run)
  await page.getByRole('button', { name: 'Undo all (2)' }).click()
  await startRun(page, /^Give 2 accounts back what held before/)
  await expectStatus(page, 'done')
  await page.goto(run)
  await expect(page.getByText('1 left open · 2 open again')).toBeVisible({ timeout: 20_000 })
  await page.goto(queue)
  await expect(page.locator('li[data-case-id]')).toHaveCount(3)
})
