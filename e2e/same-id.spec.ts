import { randomBytes } from 'node:crypto'
import type { Page } from '@playwright/test'
import { encodePath } from '../lib/read'
import type { EmulatorControl } from './emulator/control'
import { DEFAULT_APPS } from './emulator/tencent/apps'
import { expect, test } from './fixtures'

const betaApp = DEFAULT_APPS[1]?.appId ?? 0
const answer = (page: Page) => page.locator('[data-answer]')
const app = (page: Page, key: string) => page.locator(`[data-elsewhere] [data-app="${key}"]`)

/** One id in both Tencent apps and at ZEGO: other people, muted in one place here, in two there, unknown at ZEGO. */
async function seed(emulator: EmulatorControl): Promise<{ id: string; group: string }> {
  const unique = randomBytes(6).toString('hex')
  const [id, group] = [`same_${unique}`, `@TGS#${unique}`]
  await emulator.seed({ accounts: [{ id, nickname: 'Lin Chen', oneToOne: 7_200 }] })
  await emulator.seed({
    appId: betaApp,
    accounts: [{ id, nickname: 'Somebody else', allGroups: 'forever' }],
    groups: [{ id: group, type: 'Public', name: 'Night shift', members: [{ id, muted: 3_600 }] }],
  })
  await emulator.seed({
    zego: {
      users: [{ id, name: 'A guest' }],
      groups: [{ id: `#${unique}`, name: 'Room', members: [{ id, role: 3 }] }],
    },
  })
  return { id, group }
}

test('the same id in other apps is one answer above, a block each below, and a way to each', async ({
  page,
  signIn,
  emulator,
  checkAccessibility,
}) => {
  test.slow()
  await page.setViewportSize({ width: 390, height: 844 })
  await signIn('moderator')
  const { id, group } = await seed(emulator)
  await page.goto(`/accounts${encodePath('sg', id)}`)
  await expect(answer(page)).toContainText(`${id} cannot write in 3 places`)
  await expect(answer(page)).toContainText(/next change in 59 m \d\d s/)
  await expect(answer(page)).toContainText('Live app (Singapore): 1 · Beta app (Tokyo): 2')
  await expect(answer(page)).toContainText(/there may be mutes in .*Party rooms .* that are not known/)
  const beta = app(page, 'beta')
  await expect(beta).toContainText('Somebody else')
  await expect(beta.locator('li[data-scope="all_groups"]')).toContainText('no end')
  await expect(beta.locator('li[data-scope="one_to_one"]')).toHaveAttribute('data-state', 'none')
  await expect(beta.locator(`li[data-group-id="${group}"]`).getByRole('timer')).toContainText(/59 m/)
  await expect(app(page, 'zim')).toContainText('has no mute for a whole account')
  await expect(page.getByText('may be somebody else')).toBeVisible()
  expect(
    await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth),
  ).toBeLessThanOrEqual(0)
  await checkAccessibility(page)

  // What is lifted elsewhere goes with the page's own refresh.
  await emulator.putGroup({ appId: betaApp, group, members: [{ id, muted: null }] })
  await page.getByRole('button', { name: 'Refresh', exact: true }).click()
  await expect(answer(page)).toContainText('cannot write in 2 places')

  await beta.getByRole('link', { name: 'Open in Beta app (Tokyo)' }).click()
  await expect(page).toHaveURL(`/accounts/beta/${id}`)
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Somebody else')
  await expect(app(page, 'sg')).toContainText('Lin Chen')
})

test('an app that cannot be asked is named, keeps the others from nothing, and can be asked again', async ({
  page,
  signIn,
  emulator,
}) => {
  await signIn('moderator')
  const { id } = await seed(emulator)
  await emulator.addFaults({
    ...{ kind: 'code', code: 10007, api: 'account_check', times: 'always' },
    ...{ appId: betaApp, account: id },
  })
  await page.goto(`/accounts${encodePath('zim', id)}`)
  await expect(app(page, 'beta')).toContainText(`Beta app (Tokyo) could not be asked: whether “${id}” exists`)
  await expect(app(page, 'sg')).toContainText('Lin Chen')
  await expect(answer(page)).toContainText(
    'there may be mutes in Party rooms (ZEGO), Beta app (Tokyo) that are not known',
  )
  await emulator.clearFaults()
  await app(page, 'beta').getByRole('button', { name: 'Try again' }).click()
  await expect(app(page, 'beta')).toContainText('Somebody else')
  await expect(answer(page)).toContainText(`${id} cannot write in`)
})
