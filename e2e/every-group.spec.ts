import { randomBytes } from 'node:crypto'
import type { Locator, Page } from '@playwright/test'
import { encodePath } from '../lib/read'
import { pressUntil } from './account-page'
import { counts, openForm } from './bulk-collect-page'
import { expectStatus, startRun } from './bulk-page'
import { expect, test } from './fixtures'

const groups = (page: Page) => page.getByRole('group', { name: 'Groups' })
const item = (page: Page, groupId: string) => groups(page).locator(`li[data-group-id="${groupId}"]`)
const joined = (page: Page, groupId: string) => page.locator(`li[data-group-id="${groupId}"]`)

async function fillIn(form: Locator, preset: RegExp) {
  await form.getByRole('radio', { name: preset }).check()
  await form.getByRole('radio', { name: 'Spam', exact: true }).check()
}

test('a ZEGO account is muted in every group that it is in, and one undo gives each back what it had', async ({
  page,
  signIn,
  emulator,
  checkAccessibility,
}) => {
  test.slow()
  await signIn('moderator')
  const rest = randomBytes(6).toString('hex')
  const user = `every_${rest}`
  const [plain, short, own, under] = ['plain', 'short', 'own', 'under'].map((name) => `#${name}&${rest}`)
  const rooms: [string, number, boolean][] = [
    [plain ?? '', 3, false],
    [short ?? '', 3, false],
    [own ?? '', 1, false],
    [under ?? '', 3, true],
  ]
  await emulator.seed({
    zego: {
      users: [{ id: user, name: `Guest ${rest}`, session: 'Online' }],
      groups: rooms.map(([id, role, isUnder]) => ({
        id,
        name: `Room ${id}`,
        members: [{ id: user, role }, ...(isUnder ? [{ id: 'moderation', role: 3 }] : [])],
      })),
    },
  })
  const held = async (room: string | undefined) => {
    const { members } = await emulator.zegoGroup(room ?? '')
    return members.find(({ id }) => id === user)?.until ?? null
  }
  // A mute of ten minutes in one of them, which the run extends.
  await page.goto(`/groups${encodePath('zim', short ?? '')}?member=${user}`)
  await page.getByRole('button', { name: /^Mute…/ }).click()
  await fillIn(page.getByRole('form'), /^10 min/)
  await page
    .getByRole('form')
    .getByRole('button', { name: /^Mute / })
    .click()
  await expect.poll(() => held(short)).not.toBeNull()
  const shortEnd = Number(await held(short))

  await page.goto(`/accounts/zim/${user}`)
  await expect(page.getByRole('button', { name: 'Mute in all 4 groups…' })).toBeVisible()
  const form = page.getByRole('form')
  await pressUntil(page, 'm', () => expect(form).toBeVisible({ timeout: 1_000 }))
  await expect(form).toContainText('one mute for each of the 4 groups')
  await fillIn(form, /^1 h/)
  await expect(form).toContainText(new RegExp(`${user}. cannot write in 4 groups until`))
  await checkAccessibility(page)
  await page.setViewportSize({ width: 390, height: 800 })
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390)
  await checkAccessibility(page)
  await page.setViewportSize({ width: 1280, height: 900 })
  await form.getByRole('button', { name: 'Preview 4 groups' }).click()

  await expectStatus(page, 'previewed')
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(
    new RegExp(`^Mute of .${user}. in 4 groups$`),
  )
  await expect(item(page, plain ?? '')).toHaveAttribute('data-forecast', 'mute')
  await expect(item(page, short ?? '')).toContainText('Will be extended')
  await expect(item(page, own ?? '')).toContainText('Owner of the group')
  await expect(item(page, under ?? '')).toContainText('own account is only a member there')
  await checkAccessibility(page)
  await emulator.addFaults({
    kind: 'partial',
    account: user,
    code: 660600033,
    api: 'MuteGroupMembers',
    times: 1,
  })
  await startRun(page, /^Mute .* in 2 groups until/)
  await expectStatus(page, 'done')
  await expect(page.getByText('1 done · 1 failed · 2 left out')).toBeVisible()
  await expect(groups(page).locator('li[data-state=rejected]')).toContainText('zego 660600033')

  // The file of what failed is no list of accounts; it leads back to the run, which sends exactly that group again.
  const run = new URL(page.url()).pathname
  const file = await page.request.get(`/api${run}/export?only=failed`)
  expect(file.headers()['content-disposition']).toMatch(/filename="bulk-\w{8}-groups-failed\.csv"$/)
  await openForm(page)
  const chooser = page.waitForEvent('filechooser')
  await page.getByRole('button', { name: 'Choose files…' }).click()
  await (await chooser).setFiles({ name: 'failed.csv', mimeType: 'text/csv', buffer: await file.body() })
  const alert = page.getByRole('alert').filter({ hasText: 'failed.csv' })
  await expect(alert).toContainText(new RegExp(`its rows are 1 group of the one account .${user}.\\.`))
  await expect(counts(page)).toHaveText('0 accounts')
  await expect(alert.getByRole('link', { name: user })).toHaveAttribute('href', `/accounts/zim/${user}`)
  await checkAccessibility(page)
  await alert.getByRole('link', { name: 'Open the run' }).click()
  await expect(page).toHaveURL(run)
  await page.getByRole('button', { name: 'Retry failed (1)' }).click()
  await expect(page.getByText('2 done · 2 left out')).toBeVisible({ timeout: 20_000 })
  expect(Number(await held(short))).toBeGreaterThan(shortEnd)
  expect([await held(own), await held(under)]).toEqual([null, null])

  await page.getByRole('link', { name: 'in each group of', exact: false }).click()
  await expect(joined(page, plain ?? '')).toHaveAttribute('data-state', 'muted')
  await page.goBack()
  await page.getByRole('button', { name: 'Undo all (2)' }).click()
  await expectStatus(page, 'previewed')
  await startRun(page, /^Give .* back what held before in 2 groups/)
  await expectStatus(page, 'done')
  expect(await held(plain)).toBeNull()
  expect(Math.abs(Number(await held(short)) - shortEnd)).toBeLessThan(2_000)
  expect((await emulator.violations()).list).toEqual([])
})
