import { randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import type { Page } from '@playwright/test'
import { parse } from 'csv-parse/sync'
import { compose, openAccount, submit, toast } from './account-page'
import type { EmulatorControl } from './emulator/control'
import { expect, test } from './fixtures'

const rows = (page: Page) => page.getByRole('table', { name: 'Mutes' }).locator('tbody tr')

/** Puts a group whose members are muted, one more minute each, and lets the console see it. */
async function seeMutedGroup(page: Page, emulator: EmulatorControl, count: number) {
  const unique = randomBytes(8).toString('hex')
  const members = Array.from({ length: count }, (_, index) => ({
    id: `m${String(index).padStart(3, '0')}_${unique}`,
    muted: 7_200 + index * 60,
  }))
  const id = `@TGS#${unique}`
  await emulator.seed({
    accounts: members.map((member) => ({ id: member.id, nickname: `=${member.id}` })),
    groups: [{ id, type: 'Public', name: `Party ${unique}`, members }],
  })
  const response = await page.request.get(`/api/groups/sg/${encodeURIComponent(id)}/members?only=muted`)
  expect(response.status()).toBe(200)
  return { id, members, path: `/mutes?groupId=${encodeURIComponent(id)}` }
}

test('a mute is in the ledger with its rest, author and reason, and leads to where it is lifted', async ({
  page,
  signIn,
  newAccount,
  checkAccessibility,
}) => {
  test.slow()
  await signIn('moderator')
  const account = await newAccount()
  await openAccount(page, account)
  await compose(page, { preset: '24 h' })
  await submit(page, /^Mute /).click()
  await expect(toast(page, /^Muted /)).toBeVisible()

  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Mutes' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Mutes in force')
  await page.getByLabel('Muted by').selectOption('Demo moderator')
  await page.getByLabel('Where').selectOption('All groups')
  await page.getByLabel('Reason').selectOption('Spam')
  await page.getByLabel('Ends').selectOption('within 7 days')
  await page.getByRole('button', { name: 'Show' }).click()
  await expect(page).toHaveURL(/ends=7d/)
  const row = rows(page).and(page.locator(`[data-account-id="${account.id}"]`))
  await expect(row).toHaveCount(1)
  await expect(row).toContainText(/23 h 5\d m/)
  await expect(row).toContainText('Demo moderator')
  await expect(row).toContainText('Spam')
  await checkAccessibility(page)
  await row.getByRole('link').click()
  await expect(page).toHaveURL(`/accounts/sg/${account.id}`)
})

test('the pages lead through all mutes of a group and back, and the file has them all', async ({
  page,
  signIn,
  openOther,
  emulator,
}) => {
  test.slow()
  await signIn('viewer')
  const { id, members, path } = await seeMutedGroup(page, emulator, 60)
  await page.goto('/mutes')
  await page.getByLabel('Group id').fill(id)
  await page.getByRole('button', { name: 'Show' }).click()
  await expect(rows(page)).toHaveCount(50)
  await expect(rows(page).first()).toHaveAttribute('data-account-id', members[0]?.id ?? '')
  await expect(rows(page).first()).toContainText('Set outside this console')
  await page.getByRole('link', { name: 'Ending later' }).click()
  await expect(rows(page)).toHaveCount(10)
  await expect(rows(page).last()).toHaveAttribute('data-account-id', members.at(-1)?.id ?? '')
  await page.getByRole('link', { name: 'Ending sooner' }).click()
  await expect(rows(page)).toHaveCount(50)

  const downloading = page.waitForEvent('download')
  await page.getByRole('link', { name: 'Download as CSV' }).click()
  const download = await downloading
  expect(download.suggestedFilename()).toMatch(/^mutes-[\dT-]+Z\.csv$/)
  const found: { user_id: string; nickname: string }[] = parse(await readFile(await download.path()), {
    bom: true,
    columns: true,
  })
  expect(found.map(({ user_id }) => user_id)).toEqual(members.map((member) => member.id))
  for (const { nickname } of found) expect(nickname).toMatch(/^$|^'=/)
  const log = await openOther('lead')
  await log.goto('/audit?type=mutes.exported')
  await expect(log.getByText('60 mutes exported as a file').first()).toBeVisible()

  await page.goto(path)
  await rows(page).nth(3).getByRole('link').click()
  await expect(page).toHaveURL(new RegExp(`^.*/groups/sg/.*\\?member=${members[3]?.id}$`))
  await page.goto(`${path}&ends=1h`)
  await expect(page.getByText('No mute matches')).toBeVisible()
  await page.goto('/mutes?ends=soon')
  await expect(page.getByText('This address asks for something that cannot be')).toBeVisible()
})

test('from the list itself a mute is extended and lifted, and one that comes to its end says so', async ({
  page,
  signIn,
  emulator,
  checkAccessibility,
}) => {
  test.slow()
  await signIn('moderator')
  const { id, members, path } = await seeMutedGroup(page, emulator, 3)
  const [lifted, extended, ending] = members.map((member) => member.id)
  const row = (account = '') => rows(page).and(page.locator(`[data-account-id="${account}"]`))
  const form = page.getByRole('form')
  await page.goto(path)
  await row(extended)
    .getByRole('button', { name: /^Extend/ })
    .click()
  await form.getByRole('radio', { name: /^24 h/ }).check()
  await form.getByRole('radio', { name: 'Spam', exact: true }).check()
  await checkAccessibility(page)
  await submit(page, /^Extend /).click()
  await expect(row(extended)).toContainText('23 h 59 m')
  await expect(form).toHaveCount(0)

  await row(lifted)
    .getByRole('button', { name: /^Lift…/ })
    .click()
  await form.getByRole('radio', { name: 'Mistake', exact: true }).check()
  await submit(page, /^Lift/).click()
  await expect(row(lifted)).toHaveCount(0)

  await emulator.putGroup({ group: id, members: [{ id: ending ?? '', muted: 12 }] })
  await page.request.get(`/api/groups/sg/${encodeURIComponent(id)}/members?only=muted`)
  await page.reload()
  await expect(row(ending).getByRole('timer')).toContainText(/\d s/)
  await expect(row(ending).locator('[data-state="ended"], [data-state="none"]')).toBeVisible({
    timeout: 30_000,
  })

  await emulator.putGroup({ group: id, members: [{ id: extended ?? '', muted: null }] })
  await page.request.get(`/api/groups/sg/${encodeURIComponent(id)}/members?only=muted`)
  await page.goto(path)
  await page.getByLabel('Difference').selectOption('Lifted outside this console')
  await page.getByRole('button', { name: 'Show' }).click()
  await expect(row(extended)).toContainText(/by the ledger until/)
  await expect(rows(page)).toHaveCount(1)
})

test('a difference is accepted or set right in its row, by keyboard', async ({ page, signIn, emulator }) => {
  test.slow()
  await signIn('moderator')
  const { id, members, path } = await seeMutedGroup(page, emulator, 3)
  const [kept, lifted] = members.map((member) => member.id)
  const row = (account = '') => rows(page).and(page.locator(`[data-account-id="${account}"]`))
  const decide = (account: string | undefined, name: RegExp) =>
    row(account).getByRole('button', { name }).press('Enter')
  const heldFor = async (account = '') =>
    (await emulator.group(id)).members.find((member) => member.id === account)?.until ?? null
  await page.goto(path)
  await decide(lifted, /^Lift at the provider/)
  await expect(row(lifted)).toHaveCount(0)
  expect(await heldFor(lifted)).toBeNull()
  // The focus stays where the work is.
  await expect(rows(page).nth(1).getByRole('link')).toBeFocused()
  await decide(kept, /^Accept: muted until .*/)
  await expect(row(kept).locator('[data-drift]')).toHaveCount(0)
  await expect(row(kept).getByRole('button', { name: /^(Accept|Lift at)/ })).toHaveCount(0)
  const accepted = await heldFor(kept)

  await emulator.putGroup({ group: id, members: [{ id: kept ?? '', muted: null }] })
  await page.request.get(`/api/groups/sg/${encodeURIComponent(id)}/members?only=muted`)
  await page.goto(`${path}&drift=lifted_outside`)
  await expect(row(kept).getByRole('button', { name: /^Accept: not muted/ })).toBeVisible()
  await decide(kept, /^Set again: muted until/)
  await expect(page.getByText('No mute matches')).toBeVisible()
  expect(Math.abs(Number(await heldFor(kept)) - Number(accepted))).toBeLessThan(5_000)
})

test('on a phone, in each language and theme: nothing is cut off and axe finds nothing', async ({
  page,
  signIn,
  speak,
  emulator,
  checkAccessibility,
}) => {
  await page.setViewportSize({ width: 390, height: 800 })
  await signIn('lead')
  const { path } = await seeMutedGroup(page, emulator, 3)
  for (const [locale, theme, title] of [
    ['en', 'dark', 'Mutes in force'],
    ['zh-CN', 'light', '生效中的禁言'],
    ['ja', 'dark', '有効なミュート'],
  ] as const) {
    await test.step(`${locale}, ${theme}`, async () => {
      await speak(locale, theme)
      await page.goto(path)
      await expect(page.getByRole('heading', { level: 1 })).toHaveText(title)
      await expect(page.locator('tbody tr')).toHaveCount(3)
      const overflow = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      )
      expect(overflow).toBe(0)
      await checkAccessibility(page)
    })
  }
  await test.step('the filters are behind a button that says how many are set', async () => {
    await speak('en')
    await page.goto(path)
    const button = page.getByRole('button', { name: 'Filters (1)' })
    const ends = page.getByLabel('Ends')
    await expect(button).toHaveAttribute('aria-expanded', 'false')
    await expect(ends).toBeHidden()
    await expect(page.locator('tbody tr').first()).toBeInViewport()
    await expect(async () => {
      if ((await button.getAttribute('aria-expanded')) === 'false') await button.press('Enter')
      await ends.selectOption('7d', { timeout: 1_000 })
    }).toPass()
    await page.getByRole('button', { name: 'Show' }).press('Enter')
    await expect(page).toHaveURL(/ends=7d/)
    await expect(ends).toBeHidden()
    const folded = page.getByRole('button', { name: 'Filters (2)' })
    await expect(folded).toHaveAttribute('aria-expanded', 'false')
    await expect(folded).toBeFocused()
  })
})
